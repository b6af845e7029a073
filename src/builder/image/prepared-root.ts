import { dirname, join } from 'node:path';
import { GRUB_FOLDER } from '../../domain/firmware.ts';
import { firstNetworkConfig, GRUB_LISTS, unsignedIn } from '../../domain/grub/first-config.ts';
import type { Recipe } from '../../domain/recipe.ts';
import { installFile, setMode } from '../../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { endsWithUs } from '../../platform/process/ends-with-us.ts';
import type { EfiFiles } from './efi-partition.ts';
import { hashTree } from './inputs.ts';
import { type KiwiCall, kiwiPrepare } from './kiwi.ts';
import type { BuildPaths } from './paths.ts';
import { takeSignedLoaders } from './secure-boot.ts';
import type { StagedDescription } from './stage.ts';
import { markStandIn } from './stand-in.ts';

export interface PreparedRootInput {
  paths: BuildPaths;
  recipe: Recipe;
  staged: StagedDescription;
  call: KiwiCall;
  say: (text: string) => void;
}

/** Where the master finds its boot loaders, whatever the distribution calls them. */
export const LOADERS_IN_IMAGE = 'usr/lib/recon/loaders';

/**
 * A root tree with packages and overlay, ready for `kiwi-ng system create`. The costly part, the packages, is kept under a hash of
 * all that went in. Our program is none of it.
 */
export async function preparedRoot({ paths, recipe, staged, call, say }: PreparedRootInput): Promise<PreparedRoot> {
  const kept = await keptRoot(paths, staged);
  const root = join(paths.work, 'root');
  await removePath(root);
  if (await exists(kept)) {
    say('packages are unchanged since the last build: taken from the cache');
  } else {
    await dropOtherRoots(paths, kept);
    await kiwiPrepare(call, { description: staged.directory, root });
    await movePath(root, kept);
  }
  await runOk(endsWithUs(['cp', '--archive', '--reflink=auto', kept, root]), { timeoutMs: 10 * 60_000 });
  // KIWI copies the overlay with these flags in its prepare step
  await runOk(
    ['rsync', '-rptDHXA', '--links', '--one-file-system', '--keep-dirlinks', '--chown=root:root', `${staged.root}/`, `${root}/`],
    { timeoutMs: 5 * 60_000 },
  );
  await makeDirectory(join(root, LOADERS_IN_IMAGE));
  for (const [name, path] of Object.entries(recipe.loaders)) await installFile(join(root, path), join(root, LOADERS_IN_IMAGE, name), 0o644);
  await writeGrubFiles(join(root, LOADERS_IN_IMAGE));
  const isStandIn = await markStandIn(root);
  return { root, isStandIn, signed: await takeSignedLoaders(root, recipe.secureBoot, join(paths.work, 'signed')) };
}

/** Where a root tree is kept that was made from the same description. */
export async function keptRoot({ cache }: Pick<BuildPaths, 'cache'>, { directory }: Pick<StagedDescription, 'directory'>): Promise<string> {
  return join(cache, `root-${(await hashTree(directory)).slice(0, 16)}`);
}

/** Where a root has its kernel modules: Leap 15 has a real /lib, and so they are in none of usr/lib. */
export async function modulesFolder(root: string): Promise<string> {
  const merged = join(root, 'usr/lib/modules');
  return (await exists(merged)) ? merged : join(root, 'lib/modules');
}

export interface PreparedRoot {
  root: string;
  isStandIn: boolean;
  /** of the stick's EFI partition */
  signed: EfiFiles;
}

/** What GRUB reads over TFTP, beside the loaders; nothing where there is no GRUB. */
async function writeGrubFiles(loaders: string): Promise<void> {
  const names = await namesIn(loaders);
  if (!names.some((name) => /^grub.*\.efi$/.test(name))) return;
  const config = firstNetworkConfig({ by: 'tftp', loaderPath: '/', unsigned: unsignedIn(names) });
  const files: (readonly [string, string])[] = [['grub.cfg', config], ...GRUB_LISTS.map((list) => [list, ''] as const)];
  for (const [name, text] of files) {
    await makeDirectory(dirname(join(loaders, GRUB_FOLDER, name)));
    await writeAtomic(join(loaders, GRUB_FOLDER, name), text);
    await setMode(join(loaders, GRUB_FOLDER, name), 0o644);
  }
}

async function dropOtherRoots(paths: BuildPaths, kept: string): Promise<void> {
  await makeDirectory(paths.cache);
  for (const name of await namesIn(paths.cache)) {
    if (!name.startsWith('root-') || join(paths.cache, name) === kept) continue;
    // a mount left behind by a killed build must not be emptied with it
    const mounted = await run(
      ['findmnt', '--noheadings', '--submounts', '--target', join(paths.cache, name, 'proc'), '--output', 'TARGET'],
      { timeoutMs: 10_000 },
    );
    if (!mounted.stdout.toString('utf8').includes(`${name}/`)) await removePath(join(paths.cache, name));
  }
}
