import { createHash, randomBytes } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import type { TokenView } from '../../domain/pool/api-views.ts';
import { hasRole, type Person, type PoolRole } from '../../domain/pool/person.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { equalSecrets } from '../../master/http/equal-secrets.ts';
import { changeUsers, entryOf, readUsers, type TokenEntry, type UsersFile } from './users-file.ts';
import type { WrongTries } from './wrong-tries.ts';

/** Everybody who may look may make some, and the file is read at each question. */
export const MOST_OWN_TOKENS = 20;

export interface NewToken {
  name: string;
  role: PoolRole;
  groups?: string[] | undefined;
  /** of days; missing: it does not expire */
  days?: number | undefined;
  /** the user whom it belongs to: it may never more than they may, and goes when they go */
  owner?: string | undefined;
}

/** Programs come by tokens. */
export interface ProgramTokens {
  /** @throws ReconError `login-wrong` for one that is none, or expired; `login-locked` */
  byToken(text: string, address: string): Promise<Person>;
  /**
   * The secret is given once and kept by nobody.
   * @throws ReconError `forbidden` for an owner who is no user, has too many, or may less
   */
  createToken(token: NewToken, by: string): Promise<{ token: TokenView; secret: string }>;
  /** @param owner only one of theirs. @throws ReconError `not-found` */
  revokeToken(id: string, owner?: string): Promise<void>;
  tokens(): Promise<TokenView[]>;
}

export function programTokens({ file, now, tries }: { file: string; now: () => Date; tries: WrongTries }): ProgramTokens {
  return {
    byToken: async (text, address) => {
      const [, id = ''] = /^recon_([0-9a-f]{8})_[A-Za-z0-9_-]{43}$/.exec(text) ?? [];
      const users = await readUsers(file);
      const entry = entryOf(users.tokens, id);
      const isRight = equalSecrets(sha256Of(text), entry?.sha256 ?? '');
      const isOver = entry?.expiresAt !== undefined && entry.expiresAt <= now().toISOString();
      const person = entry === undefined ? undefined : tokenPerson(users, entry);
      if (person !== undefined && isRight && !isOver) return person;
      // a right one is taken at any time: a forgotten script beside it must not keep it out, and 256 bit are not guessed
      tries.requireMay(`token ${address}`);
      tries.wrong(`token ${address}`);
      throw new ReconError('login-wrong', 'this token is none, was revoked, or is over', { hint: 'recon token list, on the head' });
    },
    createToken: async ({ name, role, groups, days, owner }, by) => {
      const id = randomBytes(4).toString('hex');
      const secret = `recon_${id}_${randomBytes(32).toString('base64url')}`;
      const createdAt = now().toISOString();
      const expiresAt = days === undefined ? undefined : new Date(now().getTime() + days * 24 * 3_600_000).toISOString();
      const entry = { name, role, ...definedOnly({ groups, expiresAt, owner }), createdAt, by };
      await changeUsers(file, (before) => {
        if (owner !== undefined) requireOwner(before, owner, entry);
        return [[['tokens', id], { ...entry, sha256: sha256Of(secret) }]];
      });
      return { token: { id, ...entry }, secret };
    },
    revokeToken: (id, owner) =>
      changeUsers(file, ({ tokens }) => {
        const entry = entryOf(tokens, id);
        // that another one's is there is nobody's business
        if (entry === undefined || (owner !== undefined && entry.owner !== owner))
          throw new ReconError('not-found', `there is no token ${id}`, { hint: 'recon token list' });
        return [[['tokens', id], undefined]];
      }),
    tokens: async () => Object.entries((await readUsers(file)).tokens).map(([id, { sha256: _, ...token }]) => ({ id, ...token })),
  };
}

/** What a token may: never more than its owner may now, and nothing without them. */
function tokenPerson({ users }: UsersFile, { name, role, groups, owner }: TokenEntry): Person | undefined {
  if (owner === undefined) return { name: `token ${name}`, role, ...definedOnly({ groups }) };
  const user = entryOf(users, owner);
  if (user === undefined) return undefined;
  const both = groups === undefined ? user.groups : groups.filter((group) => user.groups?.includes(group) ?? true);
  return { name: `token ${name} of ${owner}`, role: hasRole(user, role) ? role : user.role, ...definedOnly({ groups: both }) };
}

function requireOwner({ users, tokens }: UsersFile, owner: string, { role, groups }: Pick<TokenEntry, 'role' | 'groups'>): void {
  const user = entryOf(users, owner);
  if (user === undefined) throw new ReconError('forbidden', `${owner} is no user, and has no tokens`);
  if (!hasRole(user, role)) throw new ReconError('forbidden', `a token of ${owner} may not more than ${owner} may, who is ${user.role}`);
  const others = groups?.filter((group) => user.groups?.includes(group) === false) ?? [];
  if (others.length > 0) throw new ReconError('forbidden', `${owner} may not say what nodes of ${others.join(', ')} boot`);
  if (Object.values(tokens).filter((token) => token.owner === owner).length >= MOST_OWN_TOKENS)
    throw new ReconError('forbidden', `${owner} has ${MOST_OWN_TOKENS} tokens already`, { hint: 'Revoke one that nobody uses.' });
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
