import { createHash, randomBytes } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import type { UserView } from '../../domain/pool/api-views.ts';
import type { PoolRole } from '../../domain/pool/person.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { equalSecrets } from '../../master/http/equal-secrets.ts';
import { changeUsers, entryOf, readUsers, type UserEntry, type UsersFile } from './users-file.ts';

const LINK_MINUTES = 30;

/** What a user may; `groups` missing: with all nodes. */
export interface UserRights {
  role: PoolRole;
  groups?: string[] | undefined;
}

/** A link that sets a password, once and within 30 minutes. */
export interface SetUpLink {
  secret: string;
  until: string;
}

export interface Users {
  /** A new user, or another role of one; gives the secret of a link that sets the password, once and within 30 minutes. */
  addUser(name: string, user: UserRights): Promise<string>;
  /** A user whom there is not yet. @throws ReconError `usage` when there is */
  newUser(name: string, user: UserRights): Promise<SetUpLink>;
  /** Other rights; password and link stay, whoever is signed in does it again. @throws ReconError `not-found`, `last-admin` */
  changeUser(name: string, user: UserRights): Promise<{ before: UserRights }>;
  /** Another link; the password that is there stays until it is used. @throws ReconError `not-found` */
  newLink(name: string): Promise<SetUpLink>;
  /**
   * Takes a user away, with the tokens that belong to them.
   * @param keepsAdmin somebody who may do everything must stay: whoever asks over the network cannot make another one
   * @throws ReconError `not-found`, `last-admin`
   */
  removeUser(name: string, options?: { keepsAdmin: true }): Promise<{ tokens: number }>;
  users(): Promise<UserView[]>;
}

export function openUsers({ file, now }: { file: string; now: () => Date }): Users {
  const link = (): SetUpLink => newSetUpLink(now());
  return {
    addUser: async (name, { role, groups }) => {
      const setUp = link();
      // a password that was there stays until the link is used
      await changeUsers(file, ({ users }) => [
        [['users', name], { ...definedOnly({ role, groups, password: entryOf(users, name)?.password }), setUp: keptOf(setUp) }],
      ]);
      return setUp.secret;
    },
    newUser: async (name, { role, groups }) => {
      const setUp = link();
      await changeUsers(file, ({ users }) => {
        if (entryOf(users, name) !== undefined) throw new ReconError('usage', `there is a user ${name} already`);
        return [[['users', name], { role, ...definedOnly({ groups }), setUp: keptOf(setUp) }]];
      });
      return setUp;
    },
    changeUser: async (name, { role, groups }) => {
      let before: UserRights = { role };
      await changeUsers(file, ({ users }) => {
        const entry = requireUser(users, name);
        before = { role: entry.role, groups: entry.groups };
        if (role !== 'admin' || groups !== undefined) requireOtherAdmin(users, name);
        return [
          [['users', name, 'role'], role],
          [['users', name, 'groups'], groups],
        ];
      });
      return { before };
    },
    newLink: async (name) => {
      const setUp = link();
      await changeUsers(file, ({ users }) => {
        requireUser(users, name);
        return [[['users', name, 'setUp'], keptOf(setUp)]];
      });
      return setUp;
    },
    removeUser: async (name, options) => {
      let owned: string[] = [];
      await changeUsers(file, ({ users, tokens }) => {
        requireUser(users, name);
        if (options !== undefined) requireOtherAdmin(users, name);
        // whoever is called so later must not find them
        owned = Object.keys(tokens).filter((id) => tokens[id]?.owner === name);
        return [[['users', name], undefined], ...owned.map((id) => [['tokens', id], undefined] as const)];
      });
      return { tokens: owned.length };
    },
    users: async () =>
      Object.entries((await readUsers(file)).users).map(([name, { role, groups, password, setUp }]) => ({
        ...{ name, role, hasPassword: password !== undefined },
        ...definedOnly({ groups, linkUntil: setUp !== undefined && setUp.until > now().toISOString() ? setUp.until : undefined }),
      })),
  };
}

/** Whether a link is the one of a user, and in time. */
export function isLink(link: string, setUp: UserEntry['setUp'], now: Date): boolean {
  return setUp !== undefined && setUp.until > now.toISOString() && equalSecrets(sha256Of(link), setUp.sha256);
}

function newSetUpLink(now: Date): SetUpLink {
  return { secret: randomBytes(32).toString('base64url'), until: new Date(now.getTime() + LINK_MINUTES * 60_000).toISOString() };
}

function keptOf({ secret, until }: SetUpLink): UserEntry['setUp'] {
  return { sha256: sha256Of(secret), until };
}

function requireUser(users: UsersFile['users'], name: string): UserEntry {
  const entry = entryOf(users, name);
  if (entry === undefined) throw new ReconError('not-found', `there is no user ${name}`, { hint: 'recon user list' });
  return entry;
}

/** Who may do everything and can sign in: with no such user, only root on the head itself could change anything. */
function requireOtherAdmin(users: UsersFile['users'], name: string): void {
  const isFull = ({ role, groups, password }: UserEntry): boolean => role === 'admin' && groups === undefined && password !== undefined;
  const full = Object.keys(users).filter((one) => users[one] !== undefined && isFull(users[one]));
  if (full.length === 1 && full[0] === name)
    throw new ReconError('last-admin', `${name} is the last administrator who can sign in`, { hint: 'Make another one first.' });
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
