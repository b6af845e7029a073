import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { keptModules } from '../../../builder/drivers/module-closure.ts';
import { ReconError } from '../../../domain/errors.ts';
import { copyTree, linkUnlessThere, setMode } from '../../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import { runOk } from '../../../platform/process/command.ts';
import { type ImagePackage, packagesText } from '../store/package-list.ts';
import { type BuildContext, PACKAGES, TREE } from './build-request.ts';
import { cleanTree } from './clean-tree.ts';
import { customiseTree, inTree } from './customise-tree.ts';
import { debianParts, debianTree, installedDebian } from './debian-tree.ts';
import type { ImageRecipe } from './image-recipe.ts';
import { isInSets } from './module-sets.ts';
import { installedRpm, rpmTree } from './rpm-tree.ts';

const HALF_HOUR_MS = 1_800_000;

/** Below overlay/: the rules and programs that keep a machine's disks as they are. The profile's `disks: usable` takes them out at boot. */
const GUARD_FILES = [
  'usr/lib/recon/guard-disk',
  'usr/lib/udev/rules.d/10-recon-read-only.rules',
  'etc/modprobe.d/recon.conf',
  'etc/udev/rules.d',
] as const;

/** Kernel, and the programs of the ramdisk, unpacked. */
export async function makeParts({ recipe, mirror, signal }: BuildContext, directory: string, say: (text: string) => void): Promise<void> {
  const tree = join(directory, TREE);
  const packages = await debianParts({ ...recipe.parts, mirror, say, signal }, tree);
  await writeAtomic(join(directory, PACKAGES), packagesText(packages));
  // Debian's merged /usr is made by a package's script, and nothing was installed here
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) await linkUnlessThere(`usr/${name}`, join(tree, name));
  await listModules(tree);
}

/** A tree with packages, the guard, the recipe's own files and scripts, and the modules of its kernel; cleaned of what is of this host. */
export async function makeRoot(context: BuildContext, parts: string, directory: string, say: (text: string) => void): Promise<void> {
  const tree = join(directory, TREE);
  const packages = await installed(context, tree, say);
  await layGuard(context.repository, tree);
  for (const folder of await customiseFolders(context)) await customiseTree(tree, folder, say);
  say('modules of the kernel');
  await placeModules(context, join(parts, TREE), tree);
  await cleanTree(tree, setMode);
  await writeAtomic(join(directory, PACKAGES), packagesText(packages));
}

async function installed(
  { recipe, mirror, repositories, signal }: BuildContext,
  tree: string,
  say: (text: string) => void,
): Promise<ImagePackage[]> {
  const { root } = recipe;
  if (root === undefined)
    throw new ReconError('usage', `${recipe.name} has no root to build`, { hint: 'build its ramdisk: --step ramdisk' });
  if (root.packager === 'dnf') {
    await makeDirectory(tree);
    await rpmTree({ ...root, repositories, architecture: 'x86_64', say, signal }, tree);
    return installedRpm(tree);
  }
  await debianTree({ ...root, mirror, say, signal }, tree);
  return installedDebian(tree);
}

/** What all roots have, and then the recipe's own. */
export async function customiseFolders({ repository, directory }: Pick<BuildContext, 'repository' | 'directory'>): Promise<string[]> {
  const own = join(directory, 'customise');
  return [join(repository, 'recipes/images/every-root'), ...((await exists(own)) ? [own] : [])];
}

async function layGuard(repository: string, tree: string): Promise<void> {
  const paths: string[] = [];
  for (const path of GUARD_FILES) {
    const from = join(repository, 'overlay', path);
    // a folder's files one by one: those of the distribution beside them stay
    const names = (await listDirectory(from).catch(() => [])).map((name) => `${path}/${name}`);
    paths.push(...(names.length > 0 ? names : [path]));
  }
  for (const path of paths) {
    await makeDirectory(join(tree, path, '..'));
    await removePath(join(tree, path));
    await copyTree(join(repository, 'overlay', path), join(tree, path));
  }
  await makeDirectory(join(tree, 'usr/lib/recon/pool'));
  // the ramdisk removes them, with its own view of the root
  await writeAtomic(join(tree, 'usr/lib/recon/pool/guard-files'), paths.map((path) => `/new/${path}\n`).join(''));
}

/** The modules come from where the kernel does, so that they fit it. A root that installs its own kernel has them already. */
async function placeModules({ recipe }: BuildContext, parts: string, tree: string): Promise<void> {
  const [release] = await listDirectory(join(parts, 'usr/lib/modules'));
  if (release !== undefined) {
    await makeDirectory(join(tree, 'usr/lib/modules'));
    await copyTree(join(parts, 'usr/lib/modules', release), join(tree, 'usr/lib/modules', release));
  }
  await listModules(tree);
  for (const own of await listDirectory(join(tree, 'usr/lib/modules'))) await trimModules(join(tree, 'usr/lib/modules', own), recipe);
  await listModules(tree);
}

async function trimModules(directory: string, { modulesWithout }: ImageRecipe): Promise<void> {
  const dep = (await readOrUndefined(join(directory, 'modules.dep')))?.toString('utf8') ?? '';
  const kept = new Set(
    keptModules(dep, {
      isUnwanted: (path) => modulesWithout.some((folder) => path.startsWith(`kernel/${folder}/`)),
      isVital: (path) => isInSets(path, ['network', 'disks', 'handover']),
    }),
  );
  for (const path of await readdir(join(directory, 'kernel'), { recursive: true }).catch(() => [])) {
    if (/\.ko(\.[a-z]+)?$/.test(path) && !kept.has(`kernel/${path}`)) await removePath(join(directory, 'kernel', path));
  }
}

/** modules.dep and its like, by the tree's own depmod: the host may have none. */
async function listModules(tree: string): Promise<void> {
  for (const release of await listDirectory(join(tree, 'usr/lib/modules'))) {
    await makeDirectory(join(tree, 'proc'));
    await runOk(inTree(tree, '/usr/sbin/depmod', release), { timeoutMs: HALF_HOUR_MS });
  }
}
