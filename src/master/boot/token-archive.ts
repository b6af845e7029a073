import { TOKEN_INITRD_FILE } from '../../domain/api.ts';

/** iPXE and BIOS loaders put initrds one behind the other: a multiple of 512 keeps the next one aligned. */
const BLOCK_BYTES = 512;

/**
 * A cpio archive ("newc", Linux Documentation/driver-api/early-userspace/buffer-format.rst) with the token as its only
 * file, mode 0600, without a newline. Uncompressed, so that the kernel may find a compressed archive behind it.
 */
export function tokenArchive(token: string): Buffer {
  const archive = Buffer.concat([entry(TOKEN_INITRD_FILE, 0o100600, Buffer.from(token, 'ascii')), entry('TRAILER!!!', 0, Buffer.alloc(0))]);
  return padded(archive, BLOCK_BYTES);
}

function entry(name: string, mode: number, content: Buffer): Buffer {
  const nameBytes = Buffer.from(`${name}\0`, 'ascii');
  const inode = mode === 0 ? 0 : 1;
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, nameBytes.length, 0];
  // order of the 13 fields: ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`, 'ascii');
  return Buffer.concat([padded(Buffer.concat([header, nameBytes]), 4), padded(content, 4)]);
}

function padded(bytes: Buffer, multiple: number): Buffer {
  const missing = (multiple - (bytes.length % multiple)) % multiple;
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)]);
}
