import { readRange } from '../../../platform/files/file-reader.ts';

/** Far behind the text that the header points to; it lies within the set-up sectors (at most 64 of 512 bytes). */
const HEAD_BYTES = 64 * 512 + 1024;

/**
 * The release that a kernel will say in `uname -r`, read from the file: the 16-bit number at 0x20e, plus 0x200, is where the version text
 * begins; its first word is the release (Documentation/arch/x86/boot.rst, kernel_version). Undefined for what is no bzImage.
 */
export async function kernelRelease(path: string): Promise<string | undefined> {
  return releaseOfHead(await headOf(path));
}

/** The same of a file's first bytes. */
export function releaseOfHead(head: Buffer): string | undefined {
  if (!isBzImage(head)) return undefined;
  const at = head.readUInt16LE(0x20e) + 0x200;
  // 0 says that there is no text
  if (at === 0x200) return undefined;
  const text = head.subarray(at, at + 128).toString('latin1');
  return /^[A-Za-z0-9][A-Za-z0-9.+_~-]{0,98}(?= )/.exec(text)?.[0];
}

/** `HdrS` at 0x202, and protocol 2.00 or newer behind it. */
function isBzImage(head: Buffer): boolean {
  return head.length > 0x240 && head.subarray(0x202, 0x206).toString('latin1') === 'HdrS';
}

/** By its header: bzImage, or the arm64 `Image` with its magic number at 56 (Documentation/arch/arm64/booting.rst). Undefined for others. */
export async function kernelArchitecture(path: string): Promise<'x86_64' | 'arm64' | undefined> {
  const head = await headOf(path);
  if (isBzImage(head)) return 'x86_64';
  return head.subarray(56, 60).toString('latin1') === 'ARM\x64' ? 'arm64' : undefined;
}

/** First bytes of what is a kernel only once it is unpacked; a bzImage unpacks itself. */
const PACKINGS: readonly (readonly [magic: string, what: string, cure: string])[] = [
  ['1f8b', 'packed with gzip', 'unpack it first: gunzip'],
  ['fd377a585a00', 'packed with xz', 'unpack it first: unxz'],
  ['28b52ffd', 'packed with zstd', 'unpack it first: unzstd'],
  ['425a68', 'packed with bzip2', 'unpack it first: bunzip2'],
  ['02214c18', 'packed with lz4', 'unpack it first: unlz4'],
  ['7f454c46', 'a program in ELF, such as vmlinux', 'take the bzImage of the same build: arch/x86/boot/bzImage, or vmlinuz of its package'],
];

/** How a kernel is packed that no loader starts as it is; undefined for others. */
export async function kernelPacking(path: string): Promise<{ what: string; cure: string } | undefined> {
  const head = (await headOf(path)).toString('hex', 0, 8);
  const found = PACKINGS.find(([magic]) => head.startsWith(magic));
  return found === undefined ? undefined : { what: found[1], cure: found[2] };
}

async function headOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readRange(path, 0, HEAD_BYTES - 1)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
