import { dirname, join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { installFile } from '../../../platform/files/build-files.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { exists } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import { kernelRelease } from '../check/kernel-image.ts';

/** Copies the kernel of these trees. @throws ReconError `build-failed` when there is none */
export async function placeKernel(trees: readonly string[], to: string): Promise<void> {
  const { path } = await findKernel(trees);
  await makeDirectory(dirname(to));
  await installFile(path, to, 0o644);
}

/** Debian keeps kernels in /boot, rpm systems beside the modules. @throws ReconError `build-failed` when there is none */
export async function findKernel(trees: readonly string[]): Promise<{ path: string; release: string }> {
  for (const tree of trees) {
    const inBoot = (await listDirectory(join(tree, 'boot'))).filter((name) => name.startsWith('vmlinuz-'));
    const releases = await listDirectory(join(tree, 'usr/lib/modules'));
    const paths = [...inBoot.map((name) => join('boot', name)), ...releases.map((release) => join('usr/lib/modules', release, 'vmlinuz'))];
    for (const path of paths.map((one) => join(tree, one))) {
      const release = (await exists(path)) ? await kernelRelease(path) : undefined;
      if (release !== undefined) return { path, release };
    }
  }
  throw new ReconError('build-failed', 'there is no kernel among the packages', {
    hint: 'name one in the parts, such as linux-image-amd64',
  });
}
