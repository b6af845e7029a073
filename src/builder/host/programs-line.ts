import type { Recipe } from '../../domain/recipe.ts';
import { run } from '../../platform/process/command.ts';
import { type HostLine, lacks, there } from './host-line.ts';

/** Program, and the package that has it on Debian. */
const PROGRAMS: ReadonlyArray<readonly [string, string]> = [
  ['xorriso', 'xorriso'],
  ['mksquashfs', 'squashfs-tools'],
  ['mkfs.vfat', 'dosfstools'],
  ['mcopy', 'mtools'],
  ['e2fsck', 'e2fsprogs'],
  ['rsync', 'rsync'],
  ['unshare', 'util-linux'],
  ['cpio', 'cpio'],
  ['zstd', 'zstd'],
  ['curl', 'curl'],
  ['debootstrap', 'debootstrap'],
];

/** The programs that a build of this recipe calls on the host. */
export async function programsLine({ family }: Pick<Recipe, 'family'>): Promise<HostLine> {
  const wanted = PROGRAMS.filter(([program]) => family === 'debian' || program !== 'debootstrap');
  const found = await Promise.all(wanted.map(async ([program]) => (await run(['which', program], { timeoutMs: 5000 })).status === 'ok'));
  const missing = wanted.filter((_, index) => !found[index]);
  if (missing.length === 0) return there('programs', `all ${wanted.length}`);
  const packages = [...new Set(missing.map(([, debianPackage]) => debianPackage))].join(' ');
  return lacks(
    'programs',
    'host-unfit',
    `missing on this host: ${missing.map(([program]) => program).join(', ')}`,
    `apt-get install --no-install-recommends ${packages}`,
  );
}
