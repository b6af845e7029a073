import { join } from 'node:path';
import type { Recipe } from '../domain/recipe.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { movePath } from '../platform/files/move-path.ts';
import type { Log } from '../platform/log.ts';
import { readImageHead, writeAt } from '../platform/machine/disk-image-file.ts';
import { runOk } from '../platform/process/command.ts';
import { finishedBuild } from './finished-build.ts';
import { SIGNATURE_OFFSET } from './image/data-partition.ts';
import type { BuildPaths } from './image/paths.ts';

/**
 * A raw disk image for virtual machines: the hybrid ISO is one already, except that its menu looks for a stick. `recon.medium=disk` in
 * the menu lets it boot from any disk.
 * @throws ReconError `not-found` without a build
 */
export async function makeVirtual({ paths, recipe, log }: { paths: BuildPaths; recipe: Recipe; log: Log }): Promise<void> {
  const { isoPath: iso } = await finishedBuild(paths, recipe.name);
  const menuInIso = `/${recipe.grubDirectory}/grub.cfg`;
  const raw = iso.replace(/\.iso$/, '.raw');
  await makeDirectory(paths.work);
  try {
    const partial = join(paths.work, 'disk.raw');
    const menu = join(paths.work, 'grub.cfg');
    await runOk(['xorriso', '-osirrox', 'on', '-indev', iso, '-extract', menuInIso, menu], { timeoutMs: 60_000 });
    const text = (await readOrUndefined(menu))?.toString('utf8') ?? '';
    await writeAtomic(menu, text.replaceAll(' recon.stick=', ' recon.medium=disk recon.stick='));
    await runOk(
      [
        'xorriso',
        '-indev',
        iso,
        '-outdev',
        partial,
        '-boot_image',
        'any',
        'replay',
        '-map',
        menu,
        menuInIso,
        '-changes_pending',
        'yes',
        '-commit',
      ],
      { timeoutMs: 15 * 60_000 },
    );
    await writeAt(partial, SIGNATURE_OFFSET, (await readImageHead(iso, SIGNATURE_OFFSET + 4)).subarray(SIGNATURE_OFFSET));
    await movePath(partial, raw);
    log.info(`${raw}: attach it as a disk of a virtual machine (BIOS or UEFI)`);
  } finally {
    await removePath(paths.work);
  }
}
