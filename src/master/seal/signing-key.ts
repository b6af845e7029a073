import { messageOf } from '../../domain/values/message-of.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import type { Log } from '../../platform/log.ts';
import { newSigningKey, type SigningKey, signingKeyFrom, signingKeyText } from '../../tarball/signature.ts';

/**
 * The key of this boot: a restart of the service goes on with the one that is in the state file, so that the code that somebody wrote
 * down stays good. The file is in RAM and for root only.
 */
export async function openSigningKey(stateFile: string, log: Log): Promise<SigningKey> {
  const bytes = await readOrUndefined(stateFile);
  const kept = bytes === undefined ? undefined : signingKeyFrom(bytes.toString('utf8'));
  if (kept !== undefined) return kept;
  if (bytes !== undefined) log.warn(`${stateFile} holds no key: this visit has a new code from now on`);
  const key = newSigningKey();
  await writeAtomic(stateFile, signingKeyText(key), 0o600).catch((error: unknown) =>
    log.warn(`${stateFile}: ${messageOf(error)}; a restart of the service would give this visit a new code`),
  );
  return key;
}
