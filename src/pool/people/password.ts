import { randomBytes, scrypt } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { equalSecrets } from '../../master/http/equal-secrets.ts';

/** 32 MiB and about 0.1 s for each guess (RFC 7914; the parameters stand in each hash, so that they can grow). */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const HASH_BYTES = 32;
const LARGEST_MEMORY = 128 * 1024 * 1024;
export const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

/** Each takes 32 MiB: a crowd at the door must not fill the RAM. */
const inTurn = atMost(2);

/** @throws ReconError `usage` for one that is too short */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD)
    throw new ReconError('usage', `a password has ${SHORTEST_PASSWORD} letters at least, and ${LONGEST_PASSWORD} at most`, {
      hint: 'Four or five words that do not belong together are good, and easy to keep.',
    });
  const salt = randomBytes(16);
  const hash = await derived(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a password is that of a hash. Without one it takes as long, so that nobody learns which users there are. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt = '', wanted = ''] = (hash ?? '').split('$');
  const isKnown = kind === 'scrypt' && hash !== undefined;
  const cost = isKnown ? { N: Number(N), r: Number(r), p: Number(p) } : COST;
  const found = await derived(password.slice(0, LONGEST_PASSWORD + 1), Buffer.from(salt, 'base64url'), cost);
  return equalSecrets(found.toString('base64url'), wanted) && isKnown;
}

function derived(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFC'), salt, HASH_BYTES, { ...cost, maxmem: LARGEST_MEMORY }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
}
