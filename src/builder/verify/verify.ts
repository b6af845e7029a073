import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { DATA_LABEL, LEFT_OUT_DRIVER_LIST } from '../../domain/image.ts';
import type { Recipe, RecipeBudgets, SecureBootFiles } from '../../domain/recipe.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { fileSize } from '../../platform/machine/disk-image-file.ts';
import { mountReadOnly } from '../../platform/machine/mount.ts';
import { commandError, run, runOk } from '../../platform/process/command.ts';
import type { ExtractedFiles } from '../image/extract.ts';
import type { BuildPaths } from '../image/paths.ts';
import { LOADERS_IN_IMAGE, modulesFolder } from '../image/prepared-root.ts';
import { PROGRAM_IN_IMAGE } from '../image/stage.ts';
import { splitProgram } from '../initrd/program-archive.ts';
import { budgetFaults, type PackedFile, type PartSizes } from './budgets.ts';
import { dependencyFaults } from './dependency-rules.ts';
import { type Drivers, driverFaults } from './driver-rules.ts';
import { filesInArchive, filesInIso, type InitrdContents, readInitrd } from './initrd-contents.ts';
import { linksToNull } from './masks.ts';
import { driverArchiveFaults, initrdFaults, isReadOfInitrd, leftOutFaults, logFaults, menuFaults } from './rules.ts';
import { storageToolFaults } from './storage-tool-rules.ts';
import { servedChainFaults, stickChainFaults } from './verify-signed.ts';

export interface VerifyInput {
  /** of the distribution */
  family: Recipe['family'];
  architecture: Recipe['architecture'];
  paths: BuildPaths;
  isoPath: string;
  /** the boot menu in the ISO */
  menuPath: string;
  files: ExtractedFiles;
  secureBoot?: SecureBootFiles | undefined;
  /** undefined: nobody has said how large parts may be, or they are packed weakly */
  budgets: RecipeBudgets | undefined;
  dataSizeBytes: number;
  say: (text: string) => void;
}

/** Mounts what was built and checks it; KIWI's exit code does not know. @throws ReconError `verify-failed` with every fault */
export async function verifyImage(input: VerifyInput): Promise<void> {
  const { family, paths, isoPath, menuPath, files, secureBoot } = input;
  const mounts = join(paths.work, 'verify');
  await makeDirectory(mounts);
  const menu = await readGrubConfig(isoPath, menuPath, mounts);
  const initrd = await readInitrd(files.initrd, isReadOfInitrd);
  const inArchive = await filesInArchive(files.drivers);
  const archive = inArchive.map(({ path }) => path);
  const faults = [
    ...logFaults((await readOrUndefined(paths.log))?.toString('utf8') ?? ''),
    ...initrdFaults(initrd, input),
    ...driverArchiveFaults(archive, family),
    ...menuFaults(menu),
    ...(await stickChainFaults({ secureBoot, isoPath, menuPath, menu, kernelPath: files.kernel, scratch: mounts })),
    ...(await rootImageFaults(input, { initrd, archive, mounts })),
    ...(await sizeFaults(input, { initrd: initrd.files, drivers: inArchive }, mounts)),
    ...(await partitionFaults(isoPath)),
  ];
  await removePath(mounts);
  if (faults.length === 0) return;
  throw new ReconError(
    'verify-failed',
    `the image was built but is not fit for use:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    {
      hint: `see ${paths.log}`,
    },
  );
}

/** Says how large everything became, and what is too large. */
async function sizeFaults(
  { isoPath, files, budgets, dataSizeBytes, say }: VerifyInput,
  unpacked: Record<'initrd' | 'drivers', readonly PackedFile[]>,
  mounts: string,
): Promise<string[]> {
  const sizes: PartSizes = {
    kernel: await fileSize(files.kernel),
    initrd: await fileSize(files.initrd),
    drivers: await fileSize(files.drivers),
    rootImage: await fileSize(files.rootImage),
    isoWithoutData: (await fileSize(isoPath)) - dataSizeBytes,
  };
  const { kernel, initrd, drivers, rootImage } = sizes;
  const words = [`kernel ${mb(kernel)}`, `initrd ${mb(initrd)}`, `root image ${mb(rootImage)}`];
  say(`${words.join(' + ')} = ${mb(kernel + initrd + rootImage)} MB for a peer, ${mb(drivers)} more for one with a rare device`);
  say(`ISO without data ${mb(sizes.isoWithoutData)} MB`);
  return budgetFaults(sizes, budgets, async (part) => {
    if (part === 'initrd' || part === 'drivers') return unpacked[part];
    if (part === 'isoWithoutData') return filesInIso(isoPath);
    if (part === 'kernel') return [];
    await using root = await mountReadOnly(files.rootImage, join(mounts, 'sizes'), 'squashfs');
    return await filesBelow(root.path);
  });
}

function mb(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}

async function filesBelow(folder: string): Promise<PackedFile[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(folder.length + 1), sizeBytes: await fileSize(path) };
    }),
  );
}

/** dmsquash-live takes a squashfs for a tree by its /usr, and for the wrapping of a file system by its /LiveOS. */
async function treeFaults(root: string): Promise<string[]> {
  const names = await namesIn(root);
  return [
    ...(names.includes('LiveOS') ? ['the root image holds /LiveOS: the initrd would look for a file system in it'] : []),
    ...['usr', 'proc', 'sys', 'dev', 'run', 'tmp'].filter((name) => !names.includes(name)).map((name) => `the root image has no /${name}`),
  ];
}

function isModule(name: string): boolean {
  return /\.ko(\.[a-z0-9]+)?$/.test(name);
}

async function readGrubConfig(isoPath: string, menuPath: string, scratch: string): Promise<string> {
  const copy = join(scratch, 'grub.cfg');
  await runOk(['xorriso', '-osirrox', 'on', '-indev', isoPath, '-extract', `/${menuPath}`, copy], { timeoutMs: 60_000 });
  return (await readOrUndefined(copy))?.toString('utf8') ?? '';
}

async function rootImageFaults(
  { architecture, paths, files, secureBoot, say }: Pick<VerifyInput, 'architecture' | 'paths' | 'files' | 'secureBoot' | 'say'>,
  { initrd, archive, mounts }: { initrd: InitrdContents; archive: readonly string[]; mounts: string },
): Promise<string[]> {
  await using root = await mountReadOnly(files.rootImage, join(mounts, 'root'), 'squashfs');
  const faults = await treeFaults(root.path);
  const systemd = await run(['chroot', root.path, '/usr/lib/systemd/systemd', '--version'], { timeoutMs: 60_000 });
  if (systemd.status !== 'ok') faults.push(`systemd does not run in the image: ${commandError(systemd).message}`);
  else say(systemd.stdout.toString('utf8').split('\n')[0] ?? '');
  faults.push(...(await programFaults(root.path, files.initrd, mounts)));
  const inRoot = await listDrivers(root.path);
  const [inInitrd, inArchive] = [[...initrd.names].filter(isModule), archive.filter(isModule)];
  faults.push(...driverFaults(inRoot, architecture, [...inInitrd, ...inArchive]));
  faults.push(...dependencyFaults(inRoot.dependencies, { root: inRoot.modules, initrd: inInitrd, archive: inArchive }));
  faults.push(...storageToolFaults(await filesOfTools(root.path)));
  faults.push(...(await servedChainFaults(root.path, LOADERS_IN_IMAGE, secureBoot)));
  faults.push(...leftOutFaults((await readOrUndefined(join(root.path, LEFT_OUT_DRIVER_LIST)))?.toString('utf8') ?? ''));
  for (const path of await linksToNull(paths.overlay)) {
    if ((await readlink(join(root.path, path)).catch(() => undefined)) !== '/dev/null') faults.push(`/${path} is not masked`);
  }
  for (const path of [
    'usr/lib/udev/rules.d/10-recon-read-only.rules',
    'usr/lib/recon/guard-disk',
    'etc/modprobe.d/recon.conf',
    'usr/lib/systemd/system/recon.service',
    'usr/lib/systemd/system/recon-master.service',
    'usr/lib/systemd/system/recon-peer.service',
    'usr/lib/systemd/system/recon-inventory.service',
    'usr/lib/systemd/system/recon-brought.service',
    'usr/lib/systemd/system/recon-workload.service',
    // dnsmasq does not run as root, and mounts are made by systemd
    'usr/lib/systemd/system/recon-dnsmasq.service',
    'usr/bin/systemd-run',
    'usr/lib/recon/open-shell',
    // the install mode makes a data partition
    'usr/bin/mcopy',
    'usr/sbin/mkfs.vfat',
  ]) {
    if (!(await exists(join(root.path, path)))) faults.push(`/${path} is missing`);
  }
  if (await hasLostLib(root.path)) faults.push('/lib is not a link to usr/lib any more');
  return faults;
}

/** Starts our program in the image, as the live system has it: mounted from what stands behind the initrd. */
async function programFaults(root: string, initrd: string, scratch: string): Promise<string[]> {
  const [place, image] = [join(root, PROGRAM_IN_IMAGE), join(scratch, 'program.squashfs')];
  const { layer } = splitProgram((await readOrUndefined(initrd)) ?? Buffer.alloc(0));
  if (layer === undefined) return ['our own program does not run in the image: it is not behind the initrd'];
  if (!(await exists(place))) return [`our own program does not run in the image: there is no /${PROGRAM_IN_IMAGE} to mount it at`];
  await writeAtomic(image, layer);
  await using _program = await mountReadOnly(image, place, 'squashfs');
  const program = await run(['chroot', root, '/usr/bin/recon', '--version'], { timeoutMs: 60_000 });
  if (program.status === 'ok' && program.stderr.length === 0) return [];
  return [
    `our own program does not run in the image: ${program.status === 'ok' ? program.stderr.toString('utf8') : commandError(program).message}`,
  ];
}

/** A folder of the overlay that takes the place of the link hides all libraries. Where /lib is no link from the start, modules are in it. */
async function hasLostLib(root: string): Promise<boolean> {
  const link = await lstat(join(root, 'lib')).catch(() => undefined);
  return link?.isSymbolicLink() !== true && !(await exists(join(root, 'lib/modules')));
}

/** Files where storage tools keep theirs; not the whole tree, which is large. */
async function filesOfTools(root: string): Promise<string[]> {
  const places = ['usr/lib/udev/rules.d', 'usr/lib/systemd', 'lib/udev/rules.d', 'lib/systemd', 'usr/sbin', 'sbin', 'etc/lvm', 'etc/mdadm'];
  const found = await Promise.all(
    places.map(async (place) => (await readdir(join(root, place), { recursive: true }).catch(() => [])).map((name) => `${place}/${name}`)),
  );
  return found.flat();
}

async function listDrivers(root: string): Promise<Drivers & { dependencies: string }> {
  const directory = await modulesFolder(root);
  if (!(await exists(directory))) return { modules: [], builtIn: [], dependencies: '' };
  const names = await readdir(directory, { recursive: true });
  const texts = async (list: string): Promise<string> => {
    const found = names.filter((name) => name.endsWith(`/${list}`)).map((name) => readOrUndefined(join(directory, name)));
    return (await Promise.all(found)).map((text) => text?.toString('utf8') ?? '').join('\n');
  };
  const builtIn = (await texts('modules.builtin')).split('\n');
  return { modules: names.filter(isModule), builtIn, dependencies: await texts('modules.dep') };
}

/** The data partition as a laptop would find it. */
async function partitionFaults(isoPath: string): Promise<string[]> {
  const table = await runOk(['xorriso', '-indev', isoPath, '-report_system_area', 'plain'], { timeoutMs: 60_000 });
  const third = /^MBR partition\s*:\s*3\s+\S+\s+0x0c\s+(\d+)\s+(\d+)/m.exec(table);
  if (third === null) return ['the ISO has no third partition of type 0x0c'];
  const probe = await run(
    ['blkid', '-p', '-O', String(Number(third[1]) * 512), '-S', String(Number(third[2]) * 512), '-o', 'value', '-s', 'LABEL', isoPath],
    { timeoutMs: 60_000 },
  );
  const label = probe.stdout.toString('utf8').trim();
  return label === DATA_LABEL ? [] : [`the third partition is labelled "${label}" and not ${DATA_LABEL}`];
}
