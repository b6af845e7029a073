import { join } from 'node:path';
import { geteuid } from 'node:process';
import { ReconError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { errorCode, exists, freeBytes, readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { run } from '../platform/process/command.ts';
import type { BuildPaths } from './image/paths.ts';

/** Program, and the package that has it on Debian. */
const PROGRAMS: ReadonlyArray<readonly [string, string]> = [
  ['xorriso', 'xorriso'],
  ['mksquashfs', 'squashfs-tools'],
  ['mkfs.vfat', 'dosfstools'],
  ['e2fsck', 'e2fsprogs'],
  ['rsync', 'rsync'],
  ['unshare', 'util-linux'],
  ['cpio', 'cpio'],
  ['zstd', 'zstd'],
  ['debootstrap', 'debootstrap'],
];

const NEEDED_BYTES = 6 * 1024 ** 3;

/**
 * Makes sure before any work that this host can build the recipe.
 * @throws ReconError `not-root`, `host-unfit`, `not-writable`, `disk-full`
 */
export async function checkBuildHost(recipe: Recipe, paths: BuildPaths): Promise<void> {
  if (recipe.family === 'suse' && !(await isSuse())) {
    throw new ReconError(
      'host-unfit',
      `${recipe.name} cannot be built on this host: its rpm writes a database that the rpm of ${recipe.suite} cannot read`,
      {
        hint: `build it on openSUSE (a container or virtual machine with kiwi-ng 9.24 or newer), or build debian-13 here: ./make-recipe-target debian-13 target`,
      },
    );
  }
  if (geteuid?.() !== 0) {
    throw new ReconError('not-root', 'building an image needs root, for loop devices, mounts and chroot', {
      hint: `sudo ./make-recipe-target ${recipe.name} target`,
    });
  }
  const missing = await missingPrograms(recipe);
  if (missing.length > 0) {
    throw new ReconError('host-unfit', `missing on this host: ${missing.map(([program]) => program).join(', ')}`, {
      hint: `apt-get install --no-install-recommends ${[...new Set(missing.map(([, debianPackage]) => debianPackage))].join(' ')}`,
    });
  }
  await checkWritable(paths.output);
  const free = await freeBytes(paths.output);
  if (free < NEEDED_BYTES) {
    throw new ReconError(
      'disk-full',
      `${paths.output} has ${Math.floor(free / 1e6)} MB free, a build needs ${Math.ceil(NEEDED_BYTES / 1e6)} MB`,
      {
        hint: 'free some space, or put the checkout on a larger disk',
      },
    );
  }
}

async function missingPrograms(recipe: Recipe): Promise<ReadonlyArray<readonly [string, string]>> {
  const found = await Promise.all(PROGRAMS.map(async ([program]) => (await run(['which', program], { timeoutMs: 5000 })).status === 'ok'));
  return PROGRAMS.filter(([program], index) => !found[index] && (recipe.family === 'debian' || program !== 'debootstrap'));
}

async function checkWritable(directory: string): Promise<void> {
  const probe = join(directory, '.writable');
  try {
    await makeDirectory(directory);
    await writeAtomic(probe, '');
    await removePath(probe);
  } catch (cause) {
    throw new ReconError('not-writable', `${directory} cannot be written: ${errorCode(cause) ?? String(cause)}`, {
      hint: 'is it read-only, or is a file in the way?',
      cause,
    });
  }
}

async function isSuse(): Promise<boolean> {
  if (!(await exists('/etc/os-release'))) return false;
  return /^ID(_LIKE)?=.*suse/m.test((await readOrUndefined('/etc/os-release'))?.toString('utf8') ?? '');
}
