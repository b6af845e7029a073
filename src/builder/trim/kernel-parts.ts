import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { namesIn, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import { linesOfModules, plainModuleName } from '../image/module-closure.ts';
import { type FirmwareFile, neededFirmware } from './needed-firmware.ts';
import { chooseModules } from './wanted-modules.ts';

const MINUTE_MS = 60_000;

/** Modules by white list, with lists that fit them, and the firmware that they, or a card when it is opened, ask for. */
export async function trimKernelParts(tree: string): Promise<string> {
  const lib = await libraryFolder(tree);
  const [release] = await namesIn(join(tree, lib, 'modules'));
  if (release === undefined) throw new ReconError('build-failed', 'the prepared root has no kernel modules', { hint: 'see build.log' });
  const folder = join(tree, lib, 'modules', release);
  const dep = (await readOrUndefined(join(folder, 'modules.dep')))?.toString('utf8') ?? '';
  const alias = (await readOrUndefined(join(folder, 'modules.alias')))?.toString('utf8') ?? '';
  const { kept, inInitrdAlone } = chooseModules(dep);
  const askedWhenOpened = inInitrdAlone.filter(asksWhenOpened);
  const firmware = await firmwareOf(tree, `/${lib}/modules/${release}`, [...kept, ...askedWhenOpened]);
  await keepFiles(folder, new Set(kept), /\.ko(\.[a-z0-9]+)?$/);
  for (const name of ['build', 'source', 'vdso']) await removePath(join(folder, name));
  await runOk(['chroot', tree, 'depmod', release], { timeoutMs: 5 * MINUTE_MS });
  // whoever asks which card has a driver reads this list; modprobe reads modules.alias.bin
  await writeAtomic(join(folder, 'modules.alias'), linesOfModules(alias, new Set([...kept, ...inInitrdAlone].map(plainModuleName))));
  const firmwareFolder = join(tree, lib, 'firmware');
  const wanted = neededFirmware(await firmwareFiles(firmwareFolder), firmware);
  await keepFiles(firmwareFolder, wanted, /./);
  return `${kept.length} modules, ${wanted.size} firmware files`;
}

/**
 * Network cards whose drivers ask for firmware when an interface is opened, and not only when the card is found: those of a master's other interfaces
 * are opened from the root (kernel: request_firmware in `ndo_open` of these drivers).
 */
function asksWhenOpened(path: string): boolean {
  return /^(bnx2|bnx2x|tg3|r8169|cxgb3|e100|typhoon)$/.test(plainModuleName(path));
}

/** Leap has a real /lib, Debian's is a link to usr/lib. */
async function libraryFolder(tree: string): Promise<string> {
  const releases = await namesIn(join(tree, 'usr/lib/modules')).catch(() => []);
  return releases.length > 0 ? 'usr/lib' : 'lib';
}

async function firmwareOf(tree: string, folder: string, modules: readonly string[]): Promise<string[]> {
  const argv = ['chroot', tree, 'modinfo', '--field', 'firmware', ...modules.map((path) => `${folder}/${path}`)] as unknown as Argv;
  return (await runOk(argv, { timeoutMs: 5 * MINUTE_MS })).split('\n').filter((name) => name !== '');
}

/** Removes all files of a kind but these, and folders that are empty then. */
async function keepFiles(folder: string, kept: ReadonlySet<string>, kind: RegExp): Promise<void> {
  for (const { path, isFolder } of await entriesBelow(folder)) {
    if (!isFolder && kind.test(path) && !kept.has(path)) await removePath(join(folder, path));
  }
  const folders = (await entriesBelow(folder)).filter(({ isFolder }) => isFolder);
  for (const { path } of folders.reverse()) if ((await namesIn(join(folder, path))).length === 0) await removePath(join(folder, path));
}

async function firmwareFiles(folder: string): Promise<FirmwareFile[]> {
  const files = (await entriesBelow(folder)).filter(({ isFolder }) => !isFolder);
  return Promise.all(files.map(async ({ path, isLink }) => (isLink ? { path, target: await readlink(join(folder, path)) } : { path })));
}

/** Sorted: a folder comes before what is in it. */
async function entriesBelow(folder: string): Promise<{ path: string; isFolder: boolean; isLink: boolean }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .map((entry) => ({
      path: join(entry.parentPath, entry.name).slice(folder.length + 1),
      isFolder: entry.isDirectory(),
      isLink: entry.isSymbolicLink(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
