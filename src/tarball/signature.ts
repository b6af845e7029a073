import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/** A key pair that lives as long as its master's boot, in RAM only. */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** `manifest.sig` in the tarball. */
export const ManifestSignature = z.looseObject({
  signatureVersion: z.literal(1),
  algorithm: z.literal('Ed25519'),
  publicKey: z.base64().meta({ description: 'the key of this visit: 32 bytes (RFC 8032)' }),
  signature: z.base64().meta({ description: 'of all bytes of manifest.json' }),
});
export type ManifestSignature = z.infer<typeof ManifestSignature>;

/** `good` says only that the tarball is as somebody signed it; that it was the master, the code says when a person compares it. */
export type SignatureCheck = { outcome: 'good'; code: string } | { outcome: 'wrong'; reason: string };

/** DER in front of the 32 bytes of an Ed25519 public key (RFC 8410, section 4). */
const KEY_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export function newSigningKey(): SigningKey {
  return generateKeyPairSync('ed25519');
}

/** The key as text (PKCS #8 in PEM), for the state file of the master; nobody else may see it. */
export function signingKeyText({ privateKey }: SigningKey): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The key of such a text; undefined when it holds none. */
export function signingKeyFrom(text: string): SigningKey | undefined {
  try {
    const privateKey = createPrivateKey(text);
    return privateKey.asymmetricKeyType === 'ed25519' ? { privateKey, publicKey: createPublicKey(privateKey) } : undefined;
  } catch {
    return undefined;
  }
}

/** Content of `manifest.sig` for the bytes of `manifest.json`. */
export function signatureOf(manifest: Uint8Array, { privateKey, publicKey }: SigningKey): Buffer {
  const content: ManifestSignature = {
    signatureVersion: 1,
    algorithm: 'Ed25519',
    publicKey: rawKey(publicKey).toString('base64'),
    signature: sign(undefined, manifest, privateKey).toString('base64'),
  };
  return Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
}

/** Checks `manifest.sig` against the bytes of `manifest.json`; the code is to be compared with what the master showed. */
export function checkSignature(manifest: Uint8Array, signature: Uint8Array): SignatureCheck {
  const content = readSignature(signature);
  if (content === undefined) return { outcome: 'wrong', reason: 'manifest.sig makes no sense' };
  const key = Buffer.from(content.publicKey, 'base64');
  if (key.length !== 32) return { outcome: 'wrong', reason: 'manifest.sig holds no key of 32 bytes' };
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([KEY_HEAD, key]), format: 'der', type: 'spki' });
    if (verify(undefined, manifest, publicKey, Buffer.from(content.signature, 'base64')))
      return { outcome: 'good', code: codeOf(publicKey) };
  } catch {
    return { outcome: 'wrong', reason: 'manifest.sig holds a key that is none' };
  }
  return { outcome: 'wrong', reason: 'manifest.json is not as it was signed' };
}

/** Ten characters of the key's SHA-256 (50 bits), short enough to be written down: `K7M2Q-9XWZ4`. Without I, L, O and U. */
export function signingCode({ publicKey }: Pick<SigningKey, 'publicKey'>): string {
  return codeOf(publicKey);
}

/**
 * A code as somebody read it from paper: small letters, without the hyphen, with the letters that Crockford's Base32 leaves out because they look
 * like a digit. Undefined when it is none.
 */
export function readCode(text: string): string | undefined {
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(letters) ? `${letters.slice(0, 5)}-${letters.slice(5)}` : undefined;
}

/** Crockford's Base32, whose letters are told apart in handwriting. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function codeOf(publicKey: KeyObject): string {
  const bits = [...createHash('sha256').update(rawKey(publicKey)).digest().subarray(0, 7)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const letters = Array.from({ length: 10 }, (_, at) => LETTERS[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)]);
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(KEY_HEAD.length);
}

function readSignature(bytes: Uint8Array): ManifestSignature | undefined {
  try {
    return ManifestSignature.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return undefined;
  }
}

/** {@link SignatureCheck} for people. */
export interface SignatureSentence {
  isGood: boolean;
  /** who signed, or why it does not count */
  sentence: string;
  /** of the key that signed, when it is good */
  code?: string;
}

export function signatureSentence(manifest: Uint8Array, signature: Uint8Array): SignatureSentence {
  const check = checkSignature(manifest, signature);
  if (check.outcome === 'wrong') return { isGood: false, sentence: `its signature is wrong: ${check.reason}` };
  const { code } = check;
  return { isGood: true, sentence: `Its code is ${code}: compare it with the one that the master showed.`, code };
}
