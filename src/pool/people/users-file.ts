import { dirname } from 'node:path';
import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { PoolRole } from '../../domain/pool/person.ts';
import { PoolName } from '../../domain/pool/pool-name.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { readOrUndefined, syncPath, writeAtomic } from '../../platform/files/files.ts';
import { withLockFile } from '../../platform/files/lock-file.ts';
import { type SettingChange, withSettings } from '../../settings/edit-text.ts';
import { settingsFromText } from '../../settings/settings-text.ts';
import { IssuerSettings } from './issuer-settings.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Moment = z.iso.datetime();

const UserEntry = z.strictObject({
  role: PoolRole,
  groups: z.array(PoolName).exactOptional(),
  password: z
    .string()
    .regex(/^scrypt\$\d{1,8}\$\d{1,3}\$\d{1,3}\$[\w-]{22}\$[\w-]{43}$/, 'a hash of a password, as recon user add makes one')
    .exactOptional(),
  setUp: z.strictObject({ sha256: Sha256, until: Moment }).exactOptional().meta({ description: 'of the link that sets a password, once' }),
});
export type UserEntry = z.infer<typeof UserEntry>;

const TokenEntry = z.strictObject({
  name: PoolName,
  role: PoolRole,
  groups: z.array(PoolName).exactOptional(),
  sha256: Sha256,
  createdAt: Moment,
  expiresAt: Moment.exactOptional(),
  by: z.string(),
  owner: PoolName.exactOptional().meta({ description: 'the user whose it is; it may never more than they may' }),
});
export type TokenEntry = z.infer<typeof TokenEntry>;

/** `users.yaml`: who may do what. No secret in it but the one of `oidc`, only what secrets are checked by; mode 0600. */
const UsersFile = z.strictObject({
  users: z.record(PoolName, UserEntry).default({}),
  tokens: z.record(z.string().regex(/^[0-9a-f]{8}$/), TokenEntry).default({}),
  oidc: IssuerSettings.exactOptional().meta({ description: 'an issuer of OpenID Connect that people may sign in with, too' }),
});
export type UsersFile = z.infer<typeof UsersFile>;

/** @throws ReconError `usage` with file and line: nobody is let in by a file that is not understood */
export async function readUsers(path: string): Promise<UsersFile> {
  return parsed(path, (await readOrUndefined(path))?.toString('utf8') ?? '');
}

/** What is there under a name; `constructor` is none. */
export function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** Changes the file, with its comments; another process that does so too waits. @throws what `changes` throws: then nothing is written */
export async function changeUsers(path: string, changes: (before: UsersFile) => readonly SettingChange[]): Promise<void> {
  await makeDirectory(dirname(path));
  await withLockFile(`${path}.lock`, async () => {
    const text = (await readOrUndefined(path))?.toString('utf8') ?? '';
    const after = withSettings(text, changes(parsed(path, text)));
    parsed(path, after);
    await writeAtomic(path, after, 0o600);
    await syncPath(path);
    await syncPath(dirname(path));
  });
}

function parsed(path: string, text: string): UsersFile {
  const outcome = settingsFromText(text, UsersFile);
  if (outcome.outcome === 'ok') return outcome.settings;
  const [first] = outcome.mistakes;
  throw new ReconError('usage', `${path} line ${first?.line}: ${first?.message}`, definedOnly({ hint: first?.hint }));
}
