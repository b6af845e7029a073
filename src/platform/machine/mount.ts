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
    [Symbol.asyncDispose]: () => unmount(path),
  };
}

/** Where a service of the host got a copy of its mounts meanwhile (PrivateMounts=, a container), it holds ours until it ends: then it goes from here at once. */
async function unmount(path: string): Promise<void> {
  const ended = await run(['umount', path], { timeoutMs: 60_000 });
  if (ended.status !== 'ok') await run(['umount', '--lazy', path], { timeoutMs: 60_000 });
}
