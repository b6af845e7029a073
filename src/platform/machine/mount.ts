import { makeDirectory } from '../files/directories.ts';
import { run, runOk } from '../process/command.ts';

export interface Mounted extends AsyncDisposable {
  path: string;
}

/** Mounts an image file read-only through a read-only loop device; it is unmounted when its owner is done. */
export async function mountReadOnly(
  image: string,
  path: string,
  type: 'squashfs' | 'ext4' | 'vfat',
  options: readonly string[] = [],
): Promise<Mounted> {
  await makeDirectory(path);
  await runOk(['mount', '-t', type, '-o', ['ro', 'loop', ...options].join(','), image, path], { timeoutMs: 60_000 });
  return {
    path,
    [Symbol.asyncDispose]: async () => void (await run(['umount', path], { timeoutMs: 60_000 })),
  };
}
