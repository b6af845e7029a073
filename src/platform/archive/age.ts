import type { ReadableStream } from 'node:stream/web';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';

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

/** A new pair of keys, as age-keygen makes them. */
export async function newAgeKeys(): Promise<{ identity: string; recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/**
 * Decrypts what was encrypted to one of the identities.
 * @throws ReconError `identity-wrong` when none fits, `tarball-unreadable` when the head is damaged; the chunks throw when the rest is
 */
export async function decryptedWith(identities: readonly string[], chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const { Decrypter, identityToRecipient } = await import('age-encryption');
  const decrypter = new Decrypter();
  const recipients: string[] = [];
  try {
    for (const identity of identities) {
      decrypter.addIdentity(identity);
      recipients.push(await identityToRecipient(identity));
    }
  } catch (cause) {
    // the library's own words could show a part of the key
    throw new ReconError('identity-wrong', 'the secret key in the identity file has a typing mistake', {
      hint: 'take a copy of the file as age-keygen made it',
      cause,
    });
  }
  try {
    return (await decrypter.decrypt(webStream(chunks))) as ReadableStream<Uint8Array>;
  } catch (cause) {
    const reason = messageOf(cause);
    if (/no identity matched/i.test(reason))
      throw new ReconError('identity-wrong', `the identity opens what is encrypted to ${recipients.join(' or ')}, and this is not`, {
        hint: 'compare that with the key that the stick had (recon.yaml, manifest.json of the build), and take the identity of that one; if it is the same, copy the file from the stick again',
        cause,
      });
    throw new ReconError('tarball-unreadable', `its beginning is damaged: ${reason}`, { hint: 'copy it from the stick again', cause });
  }
}

/** The library waits for room and asks for one chunk after the other. */
function webStream(chunks: AsyncIterable<Uint8Array>): globalThis.ReadableStream<Uint8Array<ArrayBuffer>> {
  return globalThis.ReadableStream.from(chunks) as globalThis.ReadableStream<Uint8Array<ArrayBuffer>>;
}
