import type { ReadableStream } from 'node:stream/web';
import { ReconError } from '../domain/errors.ts';

/**
 * Encrypts chunks to a public key (`age1…`), as the program age does; memory holds one chunk of 64 KiB.
 * @throws ReconError `usage` when the key is none
 */
export async function encryptedTo(recipient: string, chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new ReconError('usage', 'the key to encrypt to is no public key of age', { hint: 'age-keygen -y prints it: age1…', cause });
  }
  const encrypted = await encrypter.encrypt(webStream(chunks));
  return encrypted as ReadableStream<Uint8Array>;
}

/**
 * Decrypts what was encrypted to one of the identities, the content of a file that age-keygen made.
 * @throws ReconError `identity-wrong` when none fits; the chunks throw when the file is damaged
 */
export async function decryptedWith(identities: string, chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  const keys = identities
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  try {
    if (keys.length === 0) throw new Error('there is no key in it');
    for (const key of keys) decrypter.addIdentity(key);
  } catch (cause) {
    // the library's own words could show a part of the key
    throw new ReconError('identity-wrong', 'the identity file holds no key of age', {
      hint: 'age-keygen makes one: AGE-SECRET-KEY-1…',
      cause,
    });
  }
  try {
    return (await decrypter.decrypt(webStream(chunks))) as ReadableStream<Uint8Array>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReconError('identity-wrong', `it cannot be decrypted: ${reason}`, {
      hint: 'Is this the identity of the key that it was encrypted to?',
      cause,
    });
  }
}

/** The library waits for room and asks for one chunk after the other. */
function webStream(chunks: AsyncIterable<Uint8Array>): globalThis.ReadableStream<Uint8Array<ArrayBuffer>> {
  return globalThis.ReadableStream.from(chunks) as globalThis.ReadableStream<Uint8Array<ArrayBuffer>>;
}
