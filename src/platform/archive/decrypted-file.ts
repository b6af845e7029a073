import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { errorCode } from '../files/files.ts';
import { decryptedWith } from './age.ts';
import { identitiesIn } from './age-identities.ts';

export interface DecryptedFile extends AsyncDisposable {
  /** opens the decrypted file as often as wanted, in this process and those that it starts, until it is disposed of */
  path: string;
}

/** First bytes of what a file is, by its own word: a name can be changed. */
const HEADS = { age: 'age-encryption.org/v1\n', armored: '-----BEGIN AGE ENCRYPTED', gzip: '\u001f\u008b' } as const;

/** What a file starts as; undefined for anything else. */
export async function firstBytes(path: string): Promise<keyof typeof HEADS | undefined> {
  const buffer = Buffer.alloc(32);
  const file = await open(path, 'r');
  try {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const text = buffer.subarray(0, bytesRead).toString('latin1');
    return (['age', 'armored', 'gzip'] as const).find((kind) => text.startsWith(HEADS[kind]));
  } finally {
    await file.close();
  }
}

/**
 * Decrypts a file of age into a temporary one that has no name any more: it is gone when this process is, however that ends.
 * @throws ReconError `identity-wrong`, `tarball-unreadable`, `disk-full`
 */
export async function decryptFile(path: string, identityPath: string): Promise<DecryptedFile> {
  const identities = await readIdentities(identityPath);
  const directory = await mkdtemp(join(tmpdir(), 'recon-'));
  const name = join(directory, 'decrypted');
  const file = await open(name, 'wx+', 0o600);
  await rm(directory, { recursive: true });
  try {
    for await (const chunk of await decryptedWith(identities, createReadStream(path, { highWaterMark: 256 * 1024 })))
      await file.writeFile(chunk);
  } catch (error) {
    await file.close();
    if (error instanceof ReconError) throw about(path, ': ', error);
    if (errorCode(error) === 'ENOSPC')
      throw new ReconError('disk-full', `there is no room in ${tmpdir()} for what ${path} holds`, {
        hint: 'name a directory with room: TMPDIR=/some/directory recon ...',
        cause: error,
      });
    throw new ReconError('tarball-unreadable', `${path} is damaged or cut off: ${messageOf(error)}`, {
      hint: 'Copy it from the stick again. Nothing is read of an encrypted file that is not whole; below records/ on the stick is the rest.',
      cause: error,
    });
  }
  return { path: `/proc/${process.pid}/fd/${file.fd}`, [Symbol.asyncDispose]: async () => file.close() };
}

async function readIdentities(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ReconError('identity-wrong', `${path} cannot be read: ${messageOf(cause)}`, {
      hint: 'name the file that age-keygen made',
      cause,
    });
  });
  try {
    return identitiesIn(text);
  } catch (error) {
    throw error instanceof ReconError ? about(path, ' ', error) : error;
  }
}

/** The same failure with the file in front that it is about. */
function about(path: string, between: string, { code, message, hint, cause }: ReconError): ReconError {
  return new ReconError(code, `${path}${between}${message}`, { ...definedOnly({ hint }), cause });
}
