import { dirname, join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { copyTree, installFile } from '../../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { exists } from '../../../platform/files/files.ts';
import { run } from '../../../platform/process/command.ts';
import { type BuildContext, TREE } from './build-request.ts';
import { layOver } from './customise-tree.ts';
import { DRIVERS } from './drivers-step.ts';
import { joinArchives, packArchive } from './pack-archive.ts';
import { sourceDate } from './pack-step.ts';
import { placeKernel } from './place-kernel.ts';

const LOADER = '/usr/lib64/ld-linux-x86-64.so.2';
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';

export interface RamdiskInputs {
  /** directory of the parts step */
  parts: string;
  /** directory of the drivers step */
  drivers: string;
  /** directory of the root step; missing for an image without a root */
  root?: string;
  /** tarball that goes inside */
  embedded?: string;
}

/** Kernel and ramdisk: busybox, init and programs with their libraries, behind the archive of the modules, which is the large part and seldom changes. */
export async function makeRamdisk(context: BuildContext, inputs: RamdiskInputs, directory: string): Promise<void> {
  const tree = join(directory, TREE);
  const parts = join(inputs.parts, TREE);
  const withModules = inputs.root === undefined ? parts : join(inputs.root, TREE);
  await placeKernel([parts, withModules], join(directory, 'kernel'));
  await placePrograms(context, parts, tree, inputs.embedded !== undefined || context.recipe.pack.includes('tarball'));
  for (const folder of await ramdiskFolders(context)) await layOver(folder, tree);
  if (inputs.embedded !== undefined) await copyTree(inputs.embedded, join(tree, 'root.tar.zst'));
  const epoch = await sourceDate(parts, withModules);
  const own = join(directory, 'own.cpio');
  await packArchive(tree, own, { ...context, epoch, compression: context.recipe.ramdisk.compression });
  await joinArchives([join(inputs.drivers, DRIVERS), own], join(directory, 'ramdisk'));
  for (const path of [tree, own]) await removePath(path);
}

/** Folders that a recipe's ramdisk is laid from; its own one is the last, so that it can replace what it likes. */
export async function ramdiskFolders({ repository, directory, recipe }: BuildContext): Promise<string[]> {
  const folders = recipe.ramdisk.files.map((name) => join(repository, 'recipes/images/ramdisk', name));
  for (const folder of folders) {
    if (!(await exists(folder)))
      throw new ReconError('usage', `the ramdisk of ${recipe.name} names files that are not there: ${folder}`, {
        hint: 'files: [common, compute]',
      });
  }
  const own = join(directory, 'ramdisk');
  return [...folders, ...((await exists(own)) ? [own] : [])];
}

async function placePrograms({ recipe }: BuildContext, parts: string, tree: string, withZstd: boolean): Promise<void> {
  const busybox = join(parts, 'usr/bin/busybox');
  if (!(await exists(busybox)))
    throw new ReconError('build-failed', 'there is no busybox among the parts', { hint: 'name busybox-static in the parts of the recipe' });
  for (const path of ['bin', 'sbin', 'usr/bin', 'usr/sbin', 'root', 'etc', 'new', 'lib']) await makeDirectory(join(tree, path));
  await installFile(busybox, join(tree, 'bin/busybox'), 0o755);
  for (const program of [...recipe.ramdisk.programs, ...(withZstd ? ['usr/bin/zstd'] : [])]) {
    if (!(await exists(join(parts, program))))
      throw new ReconError('build-failed', `there is no /${program} among the parts`, {
        hint: 'name its package in the parts of the recipe',
      });
    await installFile(join(parts, program), join(tree, program), 0o755);
    for (const library of await librariesOf(parts, program)) {
      await makeDirectory(dirname(join(tree, library)));
      await installFile(join(parts, library), join(tree, library), 0o755);
    }
  }
}

/** By the loader of the parts themselves: libraries of this host would be others. */
async function librariesOf(parts: string, program: string): Promise<string[]> {
  const result = await run(['chroot', parts, LOADER, '--library-path', LIBRARIES, '--list', `/${program}`], { timeoutMs: 60_000 });
  const libraries = [...result.stdout.toString('utf8').matchAll(/=> (\/\S+)/g)].map(([, path = '']) => path.slice(1));
  if (result.status !== 'ok')
    throw new ReconError('build-failed', `/${program} lacks libraries: ${result.stderr.toString('utf8').trim()}`, {
      hint: 'name their packages in the parts',
    });
  return [...libraries.filter((path) => !path.includes('ld-linux')), 'lib64/ld-linux-x86-64.so.2'];
}
