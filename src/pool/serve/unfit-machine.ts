import { poolImageText } from '../../domain/pool/image-manifest.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import type { BootProblem } from '../history/ramdisk-report.ts';
import type { WatchedMachine } from '../history/watched-machine.ts';
import type { ServedImage } from './served-images.ts';

/** Why an image would not run on a machine: said before it is sent, so that nothing starts that must end in the midst of it. */
export interface Unfit {
  problem: BootProblem;
  /** goes on with `it`, the machine */
  sentence: string;
}

const MIB = 1024 ** 2;

/** By what the firmware said of the machine; undefined where that fits, or nothing is known. */
export function unfitFor(
  image: Pick<ServedImage, 'name' | 'version' | 'minimumMemoryMiB' | 'architecture'> | undefined,
  { memoryBytes, architecture }: WatchedMachine['facts'],
): Unfit | undefined {
  if (image === undefined) return undefined;
  const name = poolImageText(image);
  if (architecture !== undefined && image.architecture !== undefined && architecture !== image.architecture)
    return { problem: 'other-architecture', sentence: `it is ${architecture}, and ${name} is for ${image.architecture}` };
  // firmware counts its modules: never less than what a system finds
  const neededMib = image.minimumMemoryMiB ?? 0;
  if (memoryBytes === undefined || memoryBytes >= neededMib * MIB) return undefined;
  return { problem: 'too-little-ram', sentence: `it has ${Math.floor(memoryBytes / MIB)} MiB of RAM, and ${name} needs ${neededMib} MiB` };
}

/** By what the loader of a machine with Secure Boot on can do; undefined where it can. */
export function unfitForGrub(profile: Profile): Unfit | undefined {
  const { kind } = profile;
  const isFromElsewhere = kind === 'linux' && [profile.kernel, ...profile.initrd].some((source) => source.startsWith('https:'));
  if (kind !== 'iso' && kind !== 'script' && kind !== 'recon' && !isFromElsewhere) return undefined;
  return { problem: 'secure-boot', sentence: 'Secure Boot is on there, and what was chosen needs iPXE, which is not signed' };
}
