import { tokenArchivePath } from '../../domain/api.ts';
import { GUARD_ARGUMENTS } from '../../domain/kernel-arguments.ts';
import { filled } from '../../domain/pool/placeholders.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { askAgain } from './leave.ts';
import { type ScriptImage, type ScriptInput, sourceUrl } from './script-input.ts';
import { BOOT_MAC, screenLine, scriptText, setting } from './script-text.ts';

type Of<Kind extends Profile['kind']> = Extract<Profile, { kind: Kind }>;

const TOKEN_IMAGE = 'recon-token.cpio';
/** So often what does not arrive is fetched again before the head is asked anew: somebody may have chosen something else meanwhile. */
const MOST_ATTEMPTS = 12;

/** Kernel and ramdisk of an image; the ramdisk fetches the root, or is all there is. */
export function imageScript(input: ScriptInput, profile: Of<'compute'> | Of<'failsafe'>, image: ScriptImage): string {
  return kernelScript(input, imageParts(input, profile, image, BOOT_MAC));
}

/** The same without the words of a loader; `bootMac`: of the card that it boots from, with hyphens. */
export function imageParts(input: ScriptInput, profile: Of<'compute'> | Of<'failsafe'>, image: ScriptImage, bootMac: string): KernelParts {
  const at = `${image.base}/${image.name}/${image.version}`;
  const initrds = [
    // first: it is tiny and uncompressed, and BIOS kernels read the archives in the order of loading
    { name: TOKEN_IMAGE, url: `${input.base}${tokenArchivePath(input.mac)}` },
    { name: 'ramdisk', url: `${at}/ramdisk` },
  ];
  const words = [...imageArguments(input, { profile, image, bootMac }), ...ownArguments(input, profile.arguments)];
  return { kernel: `${at}/kernel`, initrds, words };
}

interface ImageBoot {
  profile: Of<'compute'> | Of<'failsafe'>;
  image: ScriptImage;
  bootMac: string;
}

/** What the ramdisk's init reads; its own words begin with `recon.`. */
function imageArguments({ base, mac, machine, values }: ScriptInput, { profile, image, bootMac }: ImageBoot): string[] {
  const { base: images, name, version, root } = image;
  const isCompute = profile.kind === 'compute';
  const mode = root === undefined ? isCompute && profile.root : root.file === 'root.sqfs' ? 'squashfs' : 'tmpfs';
  return [
    ...(root === undefined
      ? []
      : [`recon.root=${images}/${name}/${version}/${root.file}`, `recon.sha256=${root.sha256}`, `recon.size=${root.sizeBytes}`]),
    ...(isCompute ? [`recon.mode=${mode}`] : []),
    ...(isCompute && profile.sizePercent !== undefined ? [`recon.percent=${profile.sizePercent}`] : []),
    ...(isCompute && mode === 'tmpfs' ? [`recon.numa=${profile.numa ?? 'interleave'}`] : []),
    `recon.image=${name}@${version}`,
    `recon.head=${base}`,
    `recon.mac=${mac}`,
    ...(values['node.name'] === '' ? [] : [`recon.node=${machine}`]),
    `BOOTIF=01-${bootMac}`,
    ...(isCompute && profile.disks === 'usable' ? ['recon.disks=usable'] : GUARD_ARGUMENTS),
  ];
}

/** Any kernel and initrd. */
export function linuxScript(input: ScriptInput, profile: Of<'linux'>): string {
  return kernelScript(input, linuxParts(input, profile));
}

export function linuxParts(input: ScriptInput, profile: Of<'linux'>): KernelParts {
  const initrds = profile.initrd.map((source, index) => ({ name: `initrd-${index}`, url: sourceUrl(input, source) }));
  return { kernel: sourceUrl(input, profile.kernel), initrds, words: ownArguments(input, profile.arguments) };
}

function ownArguments({ groupArguments = [], values }: ScriptInput, own: readonly string[] = []): string[] {
  return [...own, ...groupArguments].map((argument) => filled(argument, values));
}

export interface KernelParts {
  kernel: string;
  initrds: readonly { name: string; url: string }[];
  words: readonly string[];
}

/** The EFI stub opens `initrd=` files by name in the order given, so each must be named. */
function kernelScript(input: ScriptInput, { kernel, initrds, words }: KernelParts): string {
  const all = [...initrds.map(({ name }) => `initrd=${name}`), ...words];
  return scriptText([
    screenLine(`${input.machine} boots ${input.profileName}. ${input.because}`),
    'set attempt:int32 0',
    ':fetch',
    'imgfree',
    ...initrds.map(({ name, url }) => `initrd --name ${name} ${url} || goto failed`),
    `kernel --name kernel ${[kernel, ...all].join(' ')} || goto failed`,
    'boot || goto failed',
    ':failed',
    'inc attempt',
    `echo Recon: kernel or ramdisk did not arrive or did not start (attempt ${setting('attempt')}). Trying again in 5 seconds.`,
    'sleep 5',
    `iseq ${setting('attempt')} ${MOST_ATTEMPTS} || goto fetch`,
    ...askAgain(input),
  ]);
}
