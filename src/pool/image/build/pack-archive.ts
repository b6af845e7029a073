import { runOk } from '../../../platform/process/command.ts';

const HALF_HOUR_MS = 1_800_000;

export interface ArchiveOptions {
  /** seconds since 1970; the time of every file */
  epoch: string;
  compression: 'zstd' | 'xz';
  isFast: boolean;
  signal: AbortSignal;
}

/**
 * A packed cpio archive (newc) of a tree, for a ramdisk; the kernel unpacks it (Documentation/driver-api/early-userspace/buffer-format.rst).
 * Entries are sorted, of root, and of one time: the same tree gives the same bytes.
 */
export async function packArchive(tree: string, to: string, { epoch, compression, isFast, signal }: ArchiveOptions): Promise<void> {
  // the kernel's own xz knows no other check than crc32
  const packer = isFast ? 'zstd -q -3 -T1' : compression === 'xz' ? 'xz -6 --check=crc32 -T1' : 'zstd -q -19 -T1';
  const find = 'find . -exec touch --no-dereference --date="@$2" {} + && find . -print0 | LC_ALL=C sort -z';
  const script = `set -o pipefail; cd "$1" && ${find} | cpio --null --create --format=newc --reproducible --owner=0:0 --quiet | ${packer} > "$3"`;
  await runOk(['bash', '-c', script, 'pack', tree, epoch, to], { timeoutMs: HALF_HOUR_MS, signal });
}

/** Packed archives one behind the other. Each must begin at a multiple of 4 bytes: otherwise the kernel stops there, and says so to nobody. */
export async function joinArchives(archives: readonly string[], to: string): Promise<void> {
  const script = 'to=$1; shift; : > "$to"; for one; do cat "$one" >> "$to" && truncate --size=%4 "$to" || exit 1; done';
  await runOk(['sh', '-c', script, 'join', to, ...archives], { timeoutMs: HALF_HOUR_MS });
}
