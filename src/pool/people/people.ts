import { createHash, randomBytes } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import type { TokenView } from '../../domain/pool/api-views.ts';
import type { Person, PoolRole } from '../../domain/pool/person.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { equalSecrets } from '../../master/http/equal-secrets.ts';
import { hashPassword, isPassword } from './password.ts';
import { newSessions } from './sessions.ts';
import { changeUsers, readUsers, type UserEntry } from './users-file.ts';
import { type WrongTries, wrongTries } from './wrong-tries.ts';

const LINK_MINUTES = 30;

export interface PeopleOptions {
  /** users.yaml */
  file: string;
  now: () => Date;
  /** a clock that never goes back */
  nowMs: () => number;
}

export interface NewToken {
  name: string;
  role: PoolRole;
  groups?: string[] | undefined;
  /** of days; missing: it does not expire */
  days?: number | undefined;
}

/** Who may do what with the pool. The file is read at each question, so that what `recon user` wrote counts at once. */
export interface People {
  /** @throws ReconError `login-wrong`, `login-locked` */
  logIn(name: string, password: string, address: string): Promise<{ person: Person; secret: string }>;
  logOut(secret: string): void;
  bySession(secret: string): Promise<Person | undefined>;
  /** @throws ReconError `login-wrong` for one that is none, or expired; `login-locked` */
  byToken(text: string, address: string): Promise<Person>;
  /** Sets the password of a new user, by the link. @throws ReconError `login-wrong`, `login-locked` */
  setUp(link: string, password: string, address: string): Promise<Person>;
  /** A new user, or another role of one; gives the secret of a link that sets the password, once and within 30 minutes. */
  addUser(name: string, user: { role: PoolRole; groups?: string[] | undefined }): Promise<string>;
  /** @throws ReconError `not-found` */
  removeUser(name: string): Promise<void>;
  users(): Promise<{ name: string; role: PoolRole; groups?: string[]; hasPassword: boolean }[]>;
  /** The secret is given once and kept by nobody. */
  createToken(token: NewToken, by: string): Promise<{ token: TokenView; secret: string }>;
  /** @throws ReconError `not-found` */
  revokeToken(id: string): Promise<void>;
  tokens(): Promise<TokenView[]>;
}

export function openPeople({ file, now, nowMs }: PeopleOptions): People {
  const sessions = newSessions(nowMs);
  const tries = wrongTries(nowMs);
  /** Runs a check; who fails it too often waits, by the address and, where there is one, by the name. */
  const checked = async <T>(keys: readonly string[], check: () => Promise<T | undefined>, words: string): Promise<T> => {
    for (const key of keys) tries.requireMay(key);
    // counted before it is known, so that a hundred at the same time are a hundred tries
    for (const key of keys) tries.wrong(key);
    const found = await check();
    if (found === undefined) throw new ReconError('login-wrong', words);
    for (const key of keys) tries.right(key);
    return found;
  };
  return {
    ...tokenPart({ file, now, tries }),
    ...userPart({ file, now }),
    logIn: async (name, password, address) => {
      const entry = await checked(
        [`address ${address}`, `user ${name.slice(0, 64)} ${address}`],
        async () => {
          const user = userOf((await readUsers(file)).users, name);
          return (await isPassword(password, user?.password)) ? user : undefined;
        },
        'user or password is wrong',
      );
      return { person: personOf(name, entry), secret: sessions.begin(name, JSON.stringify(entry)) };
    },
    logOut: sessions.end,
    bySession: async (secret) => {
      const { users } = await readUsers(file);
      const textOf = (user: string): string | undefined => {
        const entry = userOf(users, user);
        return entry === undefined ? undefined : JSON.stringify(entry);
      };
      const name = sessions.userOf(secret, textOf);
      const entry = name === undefined ? undefined : userOf(users, name);
      return name === undefined || entry === undefined ? undefined : personOf(name, entry);
    },
    setUp: async (link, password, address) => {
      const hash = await hashPassword(password);
      return checked(
        [`address ${address}`],
        async () => {
          let person: Person | undefined;
          await changeUsers(file, ({ users }) => {
            const [name, entry] = Object.entries(users).find(([, { setUp }]) => isLink(link, setUp, now())) ?? [];
            if (name === undefined || entry === undefined) return [];
            person = personOf(name, entry);
            return [
              [['users', name, 'password'], hash],
              [['users', name, 'setUp'], undefined],
            ];
          });
          return person;
        },
        'this link was used already, is over, or never was one',
      );
    },
  };
}

function tokenPart({
  file,
  now,
  tries,
}: {
  file: string;
  now: () => Date;
  tries: WrongTries;
}): Pick<People, 'byToken' | 'createToken' | 'revokeToken' | 'tokens'> {
  return {
    byToken: async (text, address) => {
      const [, id = ''] = /^recon_([0-9a-f]{8})_[A-Za-z0-9_-]{43}$/.exec(text) ?? [];
      const { tokens } = await readUsers(file);
      const entry = Object.hasOwn(tokens, id) ? tokens[id] : undefined;
      const isRight = equalSecrets(sha256Of(text), entry?.sha256 ?? '');
      const isOver = entry?.expiresAt !== undefined && entry.expiresAt <= now().toISOString();
      if (entry !== undefined && isRight && !isOver) return personOf(`token ${entry.name}`, entry);
      // a right one is taken at any time: a forgotten script beside it must not keep it out, and 256 bit are not guessed
      tries.requireMay(`token ${address}`);
      tries.wrong(`token ${address}`);
      throw new ReconError('login-wrong', 'this token is none, was revoked, or is over', { hint: 'recon token list, on the head' });
    },
    createToken: async ({ name, role, groups, days }, by) => {
      const id = randomBytes(4).toString('hex');
      const secret = `recon_${id}_${randomBytes(32).toString('base64url')}`;
      const createdAt = now().toISOString();
      const expiresAt = days === undefined ? undefined : new Date(now().getTime() + days * 24 * 3_600_000).toISOString();
      const entry = { name, role, ...definedOnly({ groups, expiresAt }), createdAt, by };
      await changeUsers(file, () => [[['tokens', id], { ...entry, sha256: sha256Of(secret) }]]);
      return { token: { id, ...entry }, secret };
    },
    revokeToken: (id) =>
      changeUsers(file, ({ tokens }) => {
        if (!Object.hasOwn(tokens, id)) throw new ReconError('not-found', `there is no token ${id}`, { hint: 'recon token list' });
        return [[['tokens', id], undefined]];
      }),
    tokens: async () => Object.entries((await readUsers(file)).tokens).map(([id, { sha256: _, ...token }]) => ({ id, ...token })),
  };
}

function userPart({ file, now }: Pick<PeopleOptions, 'file' | 'now'>): Pick<People, 'addUser' | 'removeUser' | 'users'> {
  return {
    addUser: async (name, { role, groups }) => {
      const secret = randomBytes(32).toString('base64url');
      const until = new Date(now().getTime() + LINK_MINUTES * 60_000).toISOString();
      // a password that was there stays until the link is used
      await changeUsers(file, ({ users }) => [
        [
          ['users', name],
          { ...definedOnly({ role, groups, password: userOf(users, name)?.password }), setUp: { sha256: sha256Of(secret), until } },
        ],
      ]);
      return secret;
    },
    removeUser: (name) =>
      changeUsers(file, ({ users }) => {
        if (!Object.hasOwn(users, name)) throw new ReconError('not-found', `there is no user ${name}`, { hint: 'recon user list' });
        return [[['users', name], undefined]];
      }),
    users: async () =>
      Object.entries((await readUsers(file)).users).map(([name, { role, groups, password }]) => ({
        ...{ name, role, hasPassword: password !== undefined },
        ...definedOnly({ groups }),
      })),
  };
}

/** `constructor` is no user. */
function userOf(users: Record<string, UserEntry>, name: string): UserEntry | undefined {
  return Object.hasOwn(users, name) ? users[name] : undefined;
}

function personOf(name: string, { role, groups }: { role: PoolRole; groups?: string[] }): Person {
  return { name, role, ...definedOnly({ groups }) };
}

function isLink(link: string, setUp: UserEntry['setUp'], now: Date): boolean {
  return setUp !== undefined && setUp.until > now.toISOString() && equalSecrets(sha256Of(link), setUp.sha256);
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
