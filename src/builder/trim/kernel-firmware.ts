import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import type { FirmwareFile } from './needed-firmware.ts';

const MINUTE_MS = 60_000;

/** Where a tree has the modules of its kernel and the firmware that these load; paths without a leading slash. */
export interface KernelFolders {
  release: string;
  modules: string;
  firmware: string;
}

/** Leap has a real /lib, Debian's is a link to usr/lib. @throws ReconError `build-failed` for a tree without modules */
export async function kernelFolders(tree: string): Promise<KernelFolders> {
  for (const lib of ['usr/lib', 'lib']) {
    const [release] = await namesIn(join(tree, lib, 'modules')).catch(() => []);
    if (release !== undefined) return { release, modules: join(lib, 'modules', release), firmware: join(lib, 'firmware') };
  }
  throw new ReconError('build-failed', 'the prepared root or its initrd has no kernel modules', { hint: 'see build.log' });
}

/** The firmware that modules name (modinfo(8)); `folder`: theirs, as it is called in the tree. */
export async function firmwareOf(tree: string, folder: string, modules: readonly string[]): Promise<string[]> {
  if (modules.length === 0) return [];
  const argv = ['chroot', tree, 'modinfo', '--field', 'firmware', ...modules.map((path) => `${folder}/${path}`)] as unknown as Argv;
  return (await runOk(argv, { timeoutMs: 5 * MINUTE_MS })).split('\n').filter((name) => name !== '');
}

/** All files below a firmware folder. */
export async function firmwareFiles(folder: string): Promise<FirmwareFile[]> {
  const files = (await entriesBelow(folder)).filter(({ isFolder }) => !isFolder);
  return Promise.all(files.map(async ({ path, isLink }) => (isLink ? { path, target: await readlink(join(folder, path)) } : { path })));
}

/** Sorted: a folder comes before what is in it. */
export async function entriesBelow(folder: string): Promise<{ path: string; isFolder: boolean; isLink: boolean }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .map((entry) => ({
      path: join(entry.parentPath, entry.name).slice(folder.length + 1),
      isFolder: entry.isDirectory(),
      isLink: entry.isSymbolicLink(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
