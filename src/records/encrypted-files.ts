import { join } from 'node:path';
import { EncryptedHead } from '../domain/encrypted-head.ts';
import { ReconError } from '../domain/errors.ts';

/** Folder on the stick with what arrived while `encryptRecords` was set; one folder in it for each start of the master. */
export const ENCRYPTED_FOLDER = 'encrypted';

const NEWLINE = 0x0a;
const LONGEST_HEAD_BYTES = 1000;

/** `000001.age`: a name tells only how many there are. In the order in which they were written, and never written twice. */
export const encryptedName = (number: number): string => `${String(number).padStart(6, '0')}.age`;
export const isEncryptedName = (name: string): boolean => /^\d{6,}\.age$/.test(name);

/** What is encrypted: the head, then the bytes. */
export async function* withHead(head: EncryptedHead, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(head)}\n`);
  yield* chunks;
}

/** Head and bytes of a decrypted file. @throws ReconError `tarball-unreadable` when it is none of ours, or its path leads out of `root` */
export function splitHead(bytes: Buffer, root: string): EncryptedHead & { target: string; content: Buffer } {
  const end = bytes.subarray(0, LONGEST_HEAD_BYTES).indexOf(NEWLINE);
  try {
    const head = EncryptedHead.parse(JSON.parse(bytes.subarray(0, Math.max(0, end)).toString('utf8')));
    if (!head.path.split('/').includes('..')) return { ...head, target: join(root, head.path), content: bytes.subarray(end + 1) };
  } catch {
    // said below
  }
  throw new ReconError('tarball-unreadable', 'a decrypted file does not begin as Recon writes it');
}
