import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { encryptedTo } from '../../platform/archive/age.ts';
import { removePath } from '../../platform/files/directories.ts';
import { readRange } from '../../platform/files/file-reader.ts';
import { type HashedFile, hashOnMedium, writeHashed } from '../../platform/files/hashed-files.ts';
import { withHead } from '../../records/encrypted-files.ts';
import { hiddenName, placeTarball } from '../../seal/place-tarball.ts';

/** A tarball is large: never more of it waits in memory. */
const SYNC_EVERY_BYTES = 16 * 1024 * 1024;

/** A file that was written, and what must be read back. */
export interface WrittenFile extends HashedFile {
  path: string;
}

/** Where bytes come from. */
export interface Range {
  root: string;
  path: string;
  from: number;
  to: number;
}

/** Writes some bytes of a file as ciphertext, streamed. Half a file is none: on a full stick it would only take room. */
export async function writeEncrypted(target: string, { root, path, from, to }: Range, recipient: string): Promise<WrittenFile> {
  const bytes = to > from ? readRange(join(root, path), from, to - 1) : nothing();
  try {
    return { path: target, ...(await writeHashed(target, await encryptedTo(recipient, withHead({ path, isContinued: from > 0 }, bytes)))) };
  } catch (error) {
    await removePath(target).catch(() => {});
    throw error;
  }
}

/** Copies a tarball, which is encrypted already, to the stick, and gives it its name when it was read back. */
export async function writeTarball(
  { directory, sync }: { directory: string; sync: () => Promise<void> },
  { root, path: name, to }: Range,
): Promise<void> {
  const temporary = join(directory, hiddenName(name));
  await removePath(temporary);
  try {
    const written = await writeHashed(temporary, readRange(join(root, name), 0, to - 1), SYNC_EVERY_BYTES);
    await placeTarball({ temporary, path: join(directory, name), written, sync });
  } catch (error) {
    await removePath(temporary).catch(() => {});
    throw error;
  }
}

/** @throws ReconError `verify-failed` when the stick gives back something else than was written */
export async function requireOnMedium(files: readonly WrittenFile[]): Promise<void> {
  for (const { path, sha256 } of files)
    if ((await hashOnMedium(path)).sha256 !== sha256)
      throw new ReconError('verify-failed', `${path}: the stick gave back something else than was written`, {
        hint: 'The stick may be failing. Use another one.',
      });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
