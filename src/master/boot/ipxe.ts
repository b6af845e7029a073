import { bootScriptPath, PATHS, tokenArchivePath } from '../../domain/api.ts';
import { consoleArguments, GUARD_ARGUMENTS, LIVE_ARGUMENTS, PEER_LOG_ARGUMENT, QUIET_ARGUMENT } from '../../domain/kernel-arguments.ts';
import { availableRamKib } from '../../domain/ram-needs.ts';
import { type Architecture, runsOn, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';
import type { MacAddress } from '../../domain/values/mac.ts';

/** netX is iPXE's alias of the network device that was opened last, which is the one it booted from (ipxe.org/cfg/netx). */
const BOOT_MAC = setting('netX/mac:hexhyp');

/** Name of the token's archive among iPXE's images. */
const TOKEN_IMAGE = 'recon-token.cpio';

/** Most memory slots and ranges that are asked for; a URL must end somewhere. */
const MOST_DIMMS = 64;
const MOST_RANGES = 8;

/** Machine facts that iPXE sends with its request; `uristring` encodes them for a URL (ipxe.org/cfg). boot-facts.ts reads them. */
export const FACTS_QUERY = [
  `uuid=${setting('uuid')}`,
  `serial=${setting('serial:uristring')}`,
  `product=${setting('product:uristring')}`,
  `manufacturer=${setting('manufacturer:uristring')}`,
  `board=${setting('board-serial:uristring')}`,
  `chassis=${setting('smbios/3.7.0:uristring')}`,
  `asset=${setting('asset:uristring')}`,
  `bios=${setting('smbios/0.5.0:uristring')}`,
  `buildarch=${setting('buildarch')}`,
  `platform=${setting('platform')}`,
  `chip=${setting('netX/chip:uristring')}`,
  `busid=${setting('netX/busid:hexraw')}`,
  `busloc=${setting('netX/busloc')}`,
  `dimms=${setting('dimms')}`,
  `ranges=${setting('ranges')}`,
].join('&');

/** `menu.ipxe`: sends every machine to its own script, and never gives up. `base` is our URL without a slash at the end. */
export function menuScript({ base }: { base: string }): string {
  return lines([
    '#!ipxe',
    `echo Recon: asking ${base} what to boot`,
    'set attempt:int32 0',
    ...readMemoryLines(),
    ':ask',
    `chain ${ownScript(base)}?${FACTS_QUERY} || goto failed`,
    // set by a script that leaves to the next boot device; firmware goes on to it only after a failure (UEFI 2.10, section 3.1.2)
    `exit ${setting('leave')}`,
    ':failed',
    'inc attempt',
    `echo Recon: no boot script from ${base} (attempt ${setting('attempt')}). Is the master still on, is the cable in?`,
    'echo Trying again in 5 seconds. Ctrl-C stops.',
    'sleep 5',
    'goto ask',
  ]);
}

/** Reads what {@link FACTS_QUERY} says of memory. SMBIOS settings are instance.type.offset.length; a list of unknown length is read until one is missing. */
export function readMemoryLines(): string[] {
  return [
    ...listOf('dimms', MOST_DIMMS, (i) => [`smbios/${i}.17.12.2:hexraw`, `smbios/${i}.17.28.4:hexraw`]),
    ...listOf('ranges', MOST_RANGES, (i) => [`smbios/${i}.19.4.8:hexraw`]),
  ];
}

/** Query key with which a machine whose record is stored asks for the image all the same. */
export const AGAIN = 'again';

/** For a machine whose record is stored: its own disk, unless somebody presses a key. */
export function storedScript({ mac, base, revision }: { mac: MacAddress; base: string; revision: number }): string {
  return lines([
    '#!ipxe',
    `echo Recon: the record of this machine (${mac}) is stored, revision ${revision}.`,
    'prompt --key i --timeout 5000 Press i within 5 seconds to inventory it again. Otherwise it starts from its own disk. && goto again ||',
    ...LEAVE,
    ':again',
    `chain ${ownScript(base)}?${AGAIN}=1&${FACTS_QUERY} || exit 1`,
    'exit 0',
  ]);
}

/** For a machine with too little memory even for kernel and initrd. */
export function tooSmallScript({ mac, memoryBytes, neededBytes }: { mac: MacAddress; memoryBytes: number; neededBytes: number }): string {
  return lines([
    '#!ipxe',
    `echo Recon: ${mac} has too little memory: ${mebibytes(memoryBytes)} MiB, and kernel and initrd alone need ${mebibytes(neededBytes)} MiB.`,
    'echo Recon: this machine cannot be inventoried from here. Nothing on it was changed. The master keeps what the firmware says.',
    'prompt --timeout 60000 In 60 seconds, or after a key, it goes on with its own boot order. ||',
    ...LEAVE,
  ]);
}

/** UEFI: back to the firmware. BIOS: the first disk, and the firmware when there is none that starts. */
const LEAVE = [
  'set leave:int32 1',
  `iseq ${setting('platform')} pcbios && sanboot --no-describe --drive 0x80 ||`,
  // success, so that the menu leaves too instead of asking again
  'exit 0',
];

export interface BootImage {
  version: string;
  /** missing: x86_64 */
  architecture?: Architecture;
  /** names below /install/recon/ */
  kernel: string;
  initrd: string;
  /** the archive of rare drivers, for whoever needs some */
  drivers?: { name: string; sha256: string; sizeBytes: number };
  rootImage: string;
  rootSha256: string;
  rootSizeBytes: number;
}

export interface BootScriptInput {
  /** the archive of rare drivers is loaded behind the initrd */
  withRareDrivers: boolean;
  mac: MacAddress;
  /** our URL as the machine reached us, without a slash at the end */
  base: string;
  /** our address in the machine's segment; ${next-server} is empty under some ROMs */
  masterAddress: string;
  /** URL of the root image's server for Linux, with the host name */
  rootBase: string;
  image: BootImage;
  /** no machine of this visit hears a switch (quiet-visit.ts) */
  isQuiet?: boolean;
  /** iPXE's `buildarch` as it was sent; i386 is also what a BIOS loader says on a 64-bit machine */
  buildArchitecture: string | undefined;
}

/** The machine's own script: token, kernel, initrd, boot; each fetch is tried again until it works. */
export function bootScript(input: BootScriptInput): string {
  const { base, image, mac, buildArchitecture } = input;
  if (!runsOn(image.architecture ?? USUAL_ARCHITECTURE, buildArchitecture)) return unsupportedScript(input);
  const install = `${base}${PATHS.install}`;
  return lines([
    '#!ipxe',
    `echo Recon ${image.version} for ${mac}`,
    'set attempt:int32 0',
    ':fetch',
    'imgfree',
    // The token goes first: it is tiny and uncompressed, and BIOS kernels read the archives in the order of loading.
    `initrd --name ${TOKEN_IMAGE} ${base}${tokenArchivePath(mac)} || goto failed`,
    `initrd --name ${image.initrd} ${install}${image.initrd} || goto failed`,
    ...initrdsBehind(input).map((name) => `initrd --name ${name} ${install}${name} || goto failed`),
    `kernel --name ${image.kernel} ${install}${image.kernel} ${bootArguments(input).join(' ')} || goto failed`,
    'boot || goto failed',
    ':failed',
    'inc attempt',
    `echo Recon: kernel or initrd did not arrive or did not start (attempt ${setting('attempt')}).`,
    'echo Trying again in 5 seconds. Ctrl-C stops.',
    'sleep 5',
    'goto fetch',
  ]);
}

/** The peer's kernel command line under iPXE. The EFI stub opens `initrd=` files by name in the order given, so it must name all. */
export function bootArguments(input: BootScriptInput): string[] {
  return [
    `initrd=${TOKEN_IMAGE}`,
    `initrd=${input.image.initrd}`,
    ...initrdsBehind(input).map((name) => `initrd=${name}`),
    ...peerKernelArguments(input, BOOT_MAC),
  ];
}

/** What is loaded behind the initrd. */
export function initrdsBehind({ image, withRareDrivers }: Pick<BootScriptInput, 'image' | 'withRareDrivers'>): string[] {
  return withRareDrivers && image.drivers !== undefined ? [image.drivers.name] : [];
}

/**
 * What a peer is told, whatever loads it; `bootMac` is written with hyphens.
 * No `rd.live.ram`: the root image is in RAM already, and a second copy fills /run.
 */
export function peerKernelArguments({ image, rootBase, masterAddress, isQuiet = false }: BootScriptInput, bootMac: string): string[] {
  return [
    `root=live:${rootBase}${PATHS.install}${image.rootImage}`,
    ...LIVE_ARGUMENTS,
    ...GUARD_ARGUMENTS,
    'rd.neednet=1',
    `BOOTIF=01-${bootMac}`,
    `pxeaddr=${masterAddress}`,
    'postaction=liveboot',
    `recon.sha256=${image.rootSha256}`,
    `recon.size=${image.rootSizeBytes}`,
    `recon.ram=${availableRamKib(image.rootSizeBytes)}`,
    // fetched by the initrd of a machine that has a device for one of them
    ...(image.drivers === undefined ? [] : [`recon.drivers=${image.drivers.name},${image.drivers.sha256},${image.drivers.sizeBytes}`]),
    ...(isQuiet ? [QUIET_ARGUMENT] : []),
    PEER_LOG_ARGUMENT,
    ...consoleArguments(image.architecture),
  ];
}

function unsupportedScript({ mac, image, buildArchitecture }: BootScriptInput): string {
  return lines([
    '#!ipxe',
    `echo Recon: ${mac} has a processor of type ${plain(buildArchitecture ?? '')}, and this stick carries ${image.architecture ?? USUAL_ARCHITECTURE} only.`,
    'echo This machine cannot be inventoried from here. Nothing on it was changed.',
    'prompt --timeout 60000 Press a key to leave Recon. The firmware then goes on with its own boot order. ||',
    'set leave:int32 1',
    // success, so that the menu leaves too instead of asking again
    'exit 0',
  ]);
}

/** Collects what some settings say of each instance, until the first of them is missing. */
function listOf(name: string, most: number, settings: (instance: string) => readonly [string, ...string[]]): string[] {
  const all = settings(setting('i')).map(setting);
  return [
    `set ${name}`,
    'set i:int32 0',
    `:${name}`,
    `isset ${all[0]} || goto ${name}-read`,
    `set ${name} ${setting(name)}.${all.join('')}`,
    'inc i',
    `iseq ${setting('i')} ${most} || goto ${name}`,
    `:${name}-read`,
  ];
}

function ownScript(base: string): string {
  return `${base}${bootScriptPath('MAC')}`.replace('MAC', () => BOOT_MAC);
}

export function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/** A setting that iPXE expands when it runs the script. */
function setting(name: string): string {
  return `\${${name}}`;
}

/** What a client sent never becomes iPXE syntax. */
function plain(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 20);
}

function lines(script: readonly string[]): string {
  return `${script.join('\n')}\n`;
}
