import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import type { PoolRole } from '../../domain/pool/person.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { giveToOwnerOf } from '../../platform/files/owner-of.ts';
import { ownHostName } from '../../platform/network/own-addresses.ts';
import { type AuditLog, auditLog } from '../audit/audit-log.ts';
import { openPeople, type People } from '../people/people.ts';
import { setUpUrl } from '../public/first-link.ts';
import { listed } from './node-settings.ts';

/** Files of the head on this machine. A person who is locked out of it must still get in, so they are changed without asking it. */
export interface OwnFiles {
  users: string;
  state: string;
}

/** A new user; gives the link that sets the password. @throws ReconError `usage` for what is no name */
export async function addUser(files: OwnFiles, user: { name: string; role: PoolRole; groups?: string }): Promise<string> {
  const groups = user.groups === undefined ? undefined : listed(user.groups);
  for (const word of [user.name, ...(groups ?? [])]) {
    const named = PoolName.safeParse(word);
    if (!named.success) throw new ReconError('usage', `${word.slice(0, 80)}: ${named.error.issues[0]?.message ?? 'no name'}`);
  }
  const secret = await peopleOf(files).addUser(user.name, { role: user.role, ...definedOnly({ groups }) });
  const limits = groups === undefined ? '' : `, for ${groups.join(', ') || 'no group'}`;
  await noteOf(files, `user ${user.name} is ${user.role}${limits}, with a new set-up link`);
  return setUpUrl(await headUrl(files), secret);
}

/** @throws ReconError `not-found` */
export async function removeUser(files: OwnFiles, name: string): Promise<void> {
  await peopleOf(files).removeUser(name);
  await noteOf(files, `user ${name} is taken away`);
}

export function ownUsers(files: OwnFiles): ReturnType<People['users']> {
  return peopleOf(files).users();
}

function peopleOf({ users }: OwnFiles): People {
  return openPeople({ file: users, now: () => new Date(), nowMs: () => performance.now() });
}

async function noteOf({ users, state }: OwnFiles, what: string): Promise<void> {
  const path = join(state, 'audit.jsonl');
  const audit: AuditLog = auditLog(path, { now: () => new Date() });
  await audit.note({ who: 'root', from: 'this machine', what });
  // an installed head is no root, and could read neither any more
  await giveToOwnerOf(state, [users, path]);
}

/** What the head wrote at its last start. */
async function headUrl({ state }: OwnFiles): Promise<string> {
  const text = (await readOrUndefined(join(state, 'people-side.json')))?.toString('utf8') ?? '';
  const [, url] = /"url":"(https:[^"]+)"/.exec(text) ?? [];
  return url ?? `https://${ownHostName()}/`;
}
