import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { exists, temporaryDirectory, writeAtomic } from '../../platform/files/files.ts';
import { run } from '../../platform/process/command.ts';

/** Debian's own, on Debian and where its package is (apt depends on it). */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

export type SignatureVerdict = { state: 'good' } | { state: 'bad' | 'not looked at'; why: string };

/**
 * The keyring of `MIRROR_KEYRING=`: `none` is for a mirror that signs nothing, undefined takes Debian's.
 * @throws ReconError `usage` when there is no such file
 */
export async function keyringSetting(setting: string | undefined): Promise<string | undefined> {
  if (setting === undefined || setting === '') return (await exists(KEYRING)) ? KEYRING : undefined;
  if (setting === 'none' || (await exists(setting))) return setting;
  throw new ReconError('usage', `MIRROR_KEYRING=${setting}: there is no such file`, {
    hint: 'a file of public keys as gpgv(1) reads it; or none, for a mirror that is not signed',
  });
}

/** For repositories of rpm packages: the ring that was named, and none where it is only Debian's, which signs nothing there. */
export function keyringOfRpm(keyring: string | undefined): string | undefined {
  return keyring === KEYRING ? undefined : keyring;
}

/** Whether an index is signed by a key of that ring: `text` holds its signature, or `signature` does. */
export async function indexSignature(keyring: string | undefined, text: string, signature?: string): Promise<SignatureVerdict> {
  if (keyring === 'none') return { state: 'not looked at', why: 'MIRROR_KEYRING=none' };
  if (keyring === undefined) return { state: 'not looked at', why: "Debian's keys are not on this host" };
  await using directory = await temporaryDirectory('recon-index-');
  const [file, apart] = [join(directory.path, 'index'), join(directory.path, 'index.gpg')];
  await writeAtomic(file, text);
  if (signature !== undefined) await writeAtomic(apart, signature);
  const files = signature === undefined ? [file] : [apart, file];
  // of several signatures those by keys that this host does not know yet are no fault: what it says of each is read, not its exit code
  const result = await run(['gpgv', '--status-fd', '1', '--keyring', keyring, ...files], { timeoutMs: 5000 });
  if (result.status === 'absent') return { state: 'not looked at', why: 'there is no gpgv on this host' };
  const said = result.stdout.toString('utf8');
  if (/^\[GNUPG:\] BADSIG/m.test(said)) return { state: 'bad', why: 'its signature does not fit: it was changed' };
  if (/^\[GNUPG:\] VALIDSIG/m.test(said)) return { state: 'good' };
  if (/^\[GNUPG:\] (EXP|REV)KEYSIG/m.test(said)) return { state: 'bad', why: 'the key that it is signed with has expired or was revoked' };
  if (/^\[GNUPG:\] NO_PUBKEY/m.test(said)) return { state: 'bad', why: `it is signed with a key that is not in ${keyring}` };
  return { state: 'bad', why: 'it is not signed' };
}
