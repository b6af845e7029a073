import { PROGRAM_LAYER } from '../../domain/image.ts';

const BLOCK_BYTES = 512;
const HEADER_BYTES = 110;
const MAGIC = '070701';
const FILE_MODE = 0o100644;

/**
 * An initrd with our program behind it, as the kernel reads one file after the other (docs.kernel.org, driver-api/early-userspace/buffer-format): zeros
 * up to the next block, then an archive that is not packed, because the layer in it is. So the same initrd serves for each program. The file's inode
 * number is the length of what stands before: what is packed may end with zeros of its own, and zstd takes none after them. Pure.
 */
export function withProgram(initrd: Uint8Array, layer: Uint8Array): Buffer {
  const archive = [
    ...entry(PROGRAM_LAYER, { inode: initrd.length, mode: FILE_MODE }, layer),
    ...entry('TRAILER!!!', { inode: 0, mode: 0 }, new Uint8Array()),
  ];
  return Buffer.concat([initrd, padding(initrd.length, BLOCK_BYTES), Buffer.concat(archive)]);
}

/** The two halves again; no layer where there is no program behind the initrd. Pure. */
export function splitProgram(initrd: Buffer): { initrd: Buffer; layer: Buffer | undefined } {
  const name = Buffer.from(`${PROGRAM_LAYER}\0`, 'latin1');
  for (let found = initrd.indexOf(name); found !== -1; found = initrd.indexOf(name, found + 1)) {
    const start = found - HEADER_BYTES;
    if (start < 0 || start % BLOCK_BYTES !== 0 || initrd.toString('latin1', start, start + MAGIC.length) !== MAGIC) continue;
    const [length = 0, size = 0] = [6, 54].map((at) => Number.parseInt(initrd.toString('latin1', start + at, start + at + 8), 16));
    const from = found + name.length + padding(HEADER_BYTES + name.length, 4).length;
    return { initrd: initrd.subarray(0, length), layer: initrd.subarray(from, from + size) };
  }
  return { initrd, layer: undefined };
}

/** cpio(5), "New ASCII Format": everything of a header in eight hexadecimal digits; name and content each end at a multiple of four. */
function entry(name: string, { inode, mode }: { inode: number; mode: number }, content: Uint8Array): Uint8Array[] {
  const text = Buffer.from(`${name}\0`, 'latin1');
  // inode, mode, user, group, links, time, size, device (two), special device (two), length of the name, checksum
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, text.length, 0];
  const header = Buffer.from(MAGIC + fields.map((field) => field.toString(16).toUpperCase().padStart(8, '0')).join(''), 'latin1');
  return [header, text, padding(header.length + text.length, 4), content, padding(content.length, 4)];
}

function padding(length: number, multiple: number): Buffer {
  return Buffer.alloc((multiple - (length % multiple)) % multiple);
}
