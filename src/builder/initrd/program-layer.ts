import { join } from 'node:path';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { NO_TIME_EPOCH } from '../image/kiwi-luck.ts';
import { withProgram } from './program-archive.ts';

/** Level 15 gives 2.4 MB in 2 seconds, 19 2.2 MB in 5: this is done at each edit, everything else is kept. */
const LEVEL = '15';

/**
 * Packs a folder with our program, which the live system mounts at {@link PROGRAM_IN_IMAGE}'s place, and writes the initrd with it behind. Packed it
 * costs a peer no more memory than it did in the root image: pages of it are dropped when others are needed.
 */
export async function addProgram(input: { program: string; initrd: string; to: string; work: string }): Promise<void> {
  const layer = join(input.work, 'program.squashfs');
  await runOk(['mksquashfs', input.program, layer, ...OPTIONS, '-Xcompression-level', LEVEL], {
    timeoutMs: 10 * 60_000,
    environment: { SOURCE_DATE_EPOCH: NO_TIME_EPOCH },
  });
  const [initrd, packed] = [await contentOf(input.initrd), await contentOf(layer)];
  await writeAtomic(input.to, withProgram(initrd, packed));
}

/** mksquashfs(1) */
const OPTIONS = ['-noappend', '-no-progress', '-quiet', '-no-exports', '-no-xattrs', '-all-root', '-b', '1M', '-comp', 'zstd'];

async function contentOf(path: string): Promise<Buffer> {
  return (await readOrUndefined(path)) ?? Buffer.alloc(0);
}
