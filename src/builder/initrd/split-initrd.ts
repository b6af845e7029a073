import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { DRIVER_ARCHIVE_LIST, RARE_DRIVER_LIST } from '../../domain/image.ts';
import { installFile, setMode } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import { moduleClosure } from '../drivers/module-closure.ts';
import { isInArchive, isRareCard, isRareDriver, pciAliases, pciIdsOf, UNNAMED_FIRMWARE } from '../drivers/rare-drivers.ts';
import { firmwareFiles, firmwareOf, kernelFolders } from '../trim/kernel-firmware.ts';
import { neededFirmware } from '../trim/needed-firmware.ts';
import { chooseModules } from '../trim/wanted-modules.ts';
import { packInitrd, unpackInitrd } from './pack-initrd.ts';

export interface SplitInput {
  /** the prepared root, with all modules and firmware */
  root: string;
  /** as dracut made it; replaced */
  initrd: string;
  /** where the archive of the rest goes */
  drivers: string;
  work: string;
}

const MINUTE_MS = 60_000;

/**
 * Takes rare drivers out of the initrd, which every peer fetches, and puts them into an archive of their own that the kernel reads behind it, with
 * controllers that a disk with this image may lie behind. The initrd's lists of modules name both, so that one finds in the other what is there.
 * Gives the network cards (PCI ids) that need the archive.
 */
export async function splitInitrd({ root, initrd, drivers, work }: SplitInput): Promise<string[]> {
  const [tree, archive] = [join(work, 'initrd-tree'), join(work, 'drivers-tree')];
  for (const directory of [tree, archive]) {
    await removePath(directory);
    await makeDirectory(directory);
  }
  await unpackInitrd(initrd, tree, work);
  const all = await kernelFolders(root);
  const own = await kernelFolders(tree);
  const dep = await textOf(join(root, all.modules, 'modules.dep'));
  const rare = moduleClosure(dep, isRareDriver).filter(isRareDriver);
  if (rare.length === 0)
    throw new ReconError('build-failed', `no rare driver is in /${all.modules}/modules.dep`, { hint: 'see build.log' });
  const stays = new Set((await filesBelow(join(tree, own.modules))).filter((path) => !isRareCard(path)));
  // what both have that it is read behind or unpacked over
  const isThere = (path: string, kept: ReadonlySet<string>): boolean => stays.has(path) && kept.has(path);
  const kept = new Set(chooseModules(dep).kept);
  const moved = moduleClosure(dep, isInArchive).filter((path) => !isThere(path, kept));
  await copyFiles(join(root, all.modules), moved, join(archive, own.modules));
  await moveFirmware({ root, tree, archive, moved, stays: [...stays].filter((path) => /\.ko(\.[a-z0-9]+)?$/.test(path)) });

  await copyFiles(join(root, all.modules), moved, join(tree, own.modules));
  await makeModuleLists({ root, tree, release: all.release });
  for (const path of moved) if (!stays.has(path)) await removePath(join(tree, own.modules, path));
  for (const path of (await filesBelow(join(tree, own.modules))).filter(isRareCard)) await removePath(join(tree, own.modules, path));

  // an empty folder of controllers would look like one that was forgotten
  await runOk(['find', join(tree, own.modules), '-type', 'd', '-empty', '-delete'], { timeoutMs: MINUTE_MS });

  const aliases = await textOf(join(root, all.modules, 'modules.alias'));
  await writeText(join(tree, RARE_DRIVER_LIST), pciAliases(aliases, rare));
  const files = [...(await filesBelow(archive)), DRIVER_ARCHIVE_LIST];
  await writeText(join(archive, DRIVER_ARCHIVE_LIST), files.map((path) => `${path}\n`).join(''));
  await packInitrd(tree, initrd, { work, packer: ['zstd', '-q', '-19', '-T0'] });
  // both the kernel and busybox unpack this; the kernel knows no other check of xz. Both keep as much of it in memory as the dictionary has
  await packInitrd(archive, drivers, { work, packer: ['xz', '--check=crc32', '--lzma2=preset=9e,dict=8MiB', '-T1'] });
  for (const directory of [tree, archive]) await removePath(directory);
  return pciIdsOf(pciAliases(aliases, rare.filter(isRareCard)));
}

/** Firmware of the drivers of the archive goes there; the initrd loses what only these ask for. */
async function moveFirmware({
  root,
  tree,
  archive,
  moved,
  stays,
}: Record<'root' | 'tree' | 'archive', string> & Record<'moved' | 'stays', readonly string[]>): Promise<void> {
  const [all, own] = [await kernelFolders(root), await kernelFolders(tree)];
  const files = await firmwareFiles(join(root, all.firmware));
  const askedFor = async (modules: readonly string[]): Promise<string[]> => firmwareOf(root, `/${all.modules}`, modules);
  const theirs = neededFirmware(files, await askedFor(moved));
  for (const { path } of files) if (UNNAMED_FIRMWARE.test(path)) theirs.add(path);
  const staying = neededFirmware(files, await askedFor(stays));
  await copyFiles(join(root, all.firmware), [...theirs].sort(), join(archive, own.firmware));
  for (const path of theirs) if (!staying.has(path)) await removePath(join(tree, own.firmware, path));
}

/** depmod(8) of the prepared root, upon the initrd's tree. */
async function makeModuleLists({ root, tree, release }: Record<'root' | 'tree' | 'release', string>): Promise<void> {
  const script = 'mount --bind "$2" "$1/mnt" && exec chroot "$1" depmod -b /mnt "$3"';
  const argv: Argv = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', root, tree, release];
  await runOk(argv, { timeoutMs: 5 * MINUTE_MS });
}

async function textOf(path: string): Promise<string> {
  return (await readOrUndefined(path))?.toString('utf8') ?? '';
}

async function writeText(path: string, text: string): Promise<void> {
  await makeDirectory(dirname(path));
  await writeAtomic(path, text);
  await setMode(path, 0o644);
}

async function copyFiles(from: string, paths: readonly string[], to: string): Promise<void> {
  for (const path of paths) {
    await makeDirectory(dirname(join(to, path)));
    await installFile(join(from, path), join(to, path), 0o644);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}
