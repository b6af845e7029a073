import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { decryptedWith } from './age.ts';

export interface DecryptedFile extends AsyncDisposable {
  /** opens the decrypted file as often as wanted, until it is disposed of */
  path: string;
}

/**
 * Decrypts a file of age into a temporary one that has no name any more: it is gone when this process is, however that ends.
 * @throws ReconError `identity-wrong`, `tarball-unreadable`
 */
export async function decryptFile(path: string, identityPath: string): Promise<DecryptedFile> {
  const identities = await readFile(identityPath, 'utf8').catch((cause: unknown) => {
    throw new ReconError('identity-wrong', `${identityPath} cannot be read`, { hint: 'the file that age-keygen made', cause });
  });
  const directory = await mkdtemp(join(tmpdir(), 'recon-'));
  const name = join(directory, 'decrypted');
  const file = await open(name, 'wx+', 0o600);
  await rm(directory, { recursive: true });
  try {
    for await (const chunk of await decryptedWith(identities, createReadStream(path, { highWaterMark: 256 * 1024 })))
      await file.writeFile(chunk);
  } catch (error) {
    await file.close();
    if (error instanceof ReconError)
      throw new ReconError(error.code, `${path}: ${error.message}`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        cause: error,
      });
    throw new ReconError('tarball-unreadable', `${path} is damaged or cut off: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return { path: `/proc/self/fd/${file.fd}`, [Symbol.asyncDispose]: async () => file.close() };
}
