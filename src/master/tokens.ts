import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MacAddress } from '../domain/mac.ts';
import { appendLines, readJsonLines } from '../platform/append-log.ts';

/** A machine must have finished within this time after it fetched its script. */
const LIFETIME_MS = 2 * 60 * 60 * 1000;

/** A machine may fetch its script twice; the boot that is running may hold the older of the two. */
const VALID_PER_MACHINE = 2;

const MintedToken = z.strictObject({ mac: MacAddress, token: z.string().regex(/^[0-9a-f]{64}$/), expiresAtMs: z.number() });
type MintedToken = z.infer<typeof MintedToken>;

export interface Tokens {
  /** a new token of 256 bits; it is in the state file before the promise resolves */
  mint(mac: MacAddress): Promise<string>;
  /** the machine's newest valid token */
  newest(mac: MacAddress): string | undefined;
  accepts(mac: MacAddress, token: string): boolean;
}

/** Opens the tokens with what an earlier run of the service left in `stateFile` (in RAM, never on the stick). */
export async function openTokens({ stateFile, nowMs = Date.now }: { stateFile: string; nowMs?: () => number }): Promise<Tokens> {
  const minted = new Map<MacAddress, MintedToken[]>();
  const add = (token: MintedToken): void => {
    minted.set(token.mac, [...(minted.get(token.mac) ?? []), token].slice(-VALID_PER_MACHINE));
  };
  const valid = (mac: MacAddress): MintedToken[] => (minted.get(mac) ?? []).filter(({ expiresAtMs }) => expiresAtMs > nowMs());
  for (const token of await readJsonLines(stateFile, MintedToken)) add(token);
  return {
    mint: async (mac) => {
      const token = { mac, token: randomBytes(32).toString('hex'), expiresAtMs: nowMs() + LIFETIME_MS };
      add(token);
      await appendLines(stateFile, [JSON.stringify(token)]);
      return token.token;
    },
    newest: (mac) => valid(mac).at(-1)?.token,
    accepts: (mac, token) => valid(mac).filter((known) => equalInConstantTime(known.token, token)).length > 0,
  };
}

/** Compares digests, because timingSafeEqual wants equal lengths. */
function equalInConstantTime(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
