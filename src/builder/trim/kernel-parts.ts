import { dirname, join } from 'node:path';
import { LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';
import { setMode } from '../../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { plainModuleName } from '../drivers/module-closure.ts';
import { leftOutAliases } from '../drivers/rare-drivers.ts';
import { entriesBelow, firmwareFiles, firmwareOf, kernelFolders } from './kernel-firmware.ts';
import { neededFirmware } from './needed-firmware.ts';
import { chooseModules } from './wanted-modules.ts';

const MINUTE_MS = 60_000;
/** modules.alias as the kernel's package has it, kept by overlay/usr/lib/recon/trim-image. */
const WHOLE_LIST = 'modules.alias.whole';
const MODULE = /\.ko(\.[a-z0-9]+)?$/;

/** Modules by white list, with lists that fit them, and the firmware that they, or a card when it is opened, ask for. */
export async function trimKernelParts(tree: string): Promise<string> {
  const { release, modules, firmware } = await kernelFolders(tree);
  const folder = join(tree, modules);
  const dep = (await readOrUndefined(join(folder, 'modules.dep')))?.toString('utf8') ?? '';
  const { kept, elsewhere } = chooseModules(dep);
  await writeLeftOut(tree, folder, [...kept, ...elsewhere]);
  const asked = await firmwareOf(tree, `/${modules}`, [...kept, ...elsewhere.filter(asksWhenOpened)]);
  // lists name what is in the initrd or the archive as well: whoever asks which card has a driver reads them, and so does modprobe after the archive came
  await keepFiles(folder, new Set([...kept, ...elsewhere]), MODULE);
  for (const name of ['build', 'source', 'vdso']) await removePath(join(folder, name));
  await runOk(['chroot', tree, 'depmod', release], { timeoutMs: 5 * MINUTE_MS });
  await keepFiles(folder, new Set(kept), MODULE);
  const wanted = neededFirmware(await firmwareFiles(join(tree, firmware)), asked);
  await keepFiles(join(tree, firmware), wanted, /./);
  return `${kept.length} modules, ${wanted.size} firmware files`;
}

/** A card of which the image has no driver is in the record with the name of it: by the list of before the first trimming. */
async function writeLeftOut(tree: string, folder: string, inImage: readonly string[]): Promise<void> {
  const whole = join(folder, WHOLE_LIST);
  const aliases = (await readOrUndefined(whole))?.toString('utf8') ?? '';
  await removePath(whole);
  const list = join(tree, LEFT_OUT_DRIVER_LIST);
  await makeDirectory(dirname(list));
  await writeAtomic(list, leftOutAliases(aliases, inImage));
  await setMode(list, 0o644);
}

/**
 * Network cards whose drivers ask for firmware when an interface is opened, and not only when the card is found: those of a master's other interfaces
 * are opened from the root (kernel: request_firmware in `ndo_open` of these drivers). Rare ones bring theirs with the archive.
 */
function asksWhenOpened(path: string): boolean {
  return /^(bnx2|bnx2x|tg3|r8169)$/.test(plainModuleName(path));
}

/** Removes all files of a kind but these, and folders that are empty then. */
async function keepFiles(folder: string, kept: ReadonlySet<string>, kind: RegExp): Promise<void> {
  for (const { path, isFolder } of await entriesBelow(folder)) {
    if (!isFolder && kind.test(path) && !kept.has(path)) await removePath(join(folder, path));
  }
  const folders = (await entriesBelow(folder)).filter(({ isFolder }) => isFolder);
  for (const { path } of folders.reverse()) if ((await namesIn(join(folder, path))).length === 0) await removePath(join(folder, path));
}
