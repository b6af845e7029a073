import { ReconError } from '../../domain/errors.ts';
import type { Person } from '../../domain/pool/person.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { behindSession } from './behind-session.ts';
import { type ByIssuer, byIssuer } from './by-issuer.ts';
import { hashPassword, isPassword } from './password.ts';
import { newSessions } from './sessions.ts';
import { type ProgramTokens, programTokens } from './tokens.ts';
import { isLink, openUsers, type Users } from './users.ts';
import { changeUsers, entryOf, readUsers, type UserEntry } from './users-file.ts';
import { wrongTries } from './wrong-tries.ts';

export interface PeopleOptions {
  /** users.yaml */
  file: string;
  now: () => Date;
  /** a clock that never goes back */
  nowMs: () => number;
}

/** Who may do what with the pool. The file is read at each question, so that what `recon user` wrote counts at once. */
export interface People extends Users, ProgramTokens, ByIssuer {
  /** @throws ReconError `login-wrong`, `login-locked` */
  logIn(name: string, password: string, address: string): Promise<{ person: Person; secret: string }>;
  logOut(secret: string): void;
  bySession(secret: string): Promise<Person | undefined>;
  /** Sets the password of a new user, by the link. @throws ReconError `login-wrong`, `login-locked` */
  setUp(link: string, password: string, address: string): Promise<Person>;
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
    ...programTokens({ file, now, tries }),
    ...openUsers({ file, now }),
    ...byIssuer({ file, sessions, nowMs }),
    logIn: async (name, password, address) => {
      const entry = await checked(
        [`address ${address}`, `user ${name.slice(0, 64)} ${address}`],
        async () => {
          const user = entryOf((await readUsers(file)).users, name);
          return (await isPassword(password, user?.password)) ? user : undefined;
        },
        'user or password is wrong',
      );
      return { person: personOf(name, entry), secret: sessions.begin(name, JSON.stringify(entry)) };
    },
    logOut: sessions.end,
    bySession: async (secret) => {
      const users = await readUsers(file);
      const user = sessions.userOf(secret, (one) => behindSession(users, one)?.entry);
      return user === undefined ? undefined : behindSession(users, user)?.person;
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

function personOf(name: string, { role, groups }: UserEntry): Person {
  return { name, role, ...definedOnly({ groups }) };
}
