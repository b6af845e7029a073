import { z } from 'zod';

interface ArchitectureWords {
  /** uname(2), and KIWI's and RPM's name */
  machine: string;
  /** dpkg's */
  debian: string;
  /** the end of the npm package's name that is its Node binary: npm's own `cpu` */
  node: string;
  /** what its loaders call themselves (iPXE's `buildarch`, GRUB's `$grub_cpu`); i386 is also what a BIOS loader says on a 64-bit machine */
  loadedBy: readonly string[];
  /** serial ports, in the order in which the kernel is told of them */
  serial: readonly string[];
  /** whether GRUB knows the first of them by its number; elsewhere it speaks there through the firmware's console */
  isSerialNumbered: boolean;
}

/**
 * The processors that an image can be for, by the word in recipe.json and manifest.json. Whatever differs between them stands here, or by their names
 * in a table of the place that alone knows it (src/builder/drivers/absent-drivers.ts).
 *
 * Serial ports: ttyS0 stands before ttyS1, because the kernel takes the first one that it can set up, and one that is missing (ttyS1 on many
 * machines) ends its search, so that with ttyS1 first there would be no serial console at all. ttyAMA0 is the PL011 of servers with ARM's SBSA.
 */
export const ARCHITECTURES = {
  x86_64: {
    machine: 'x86_64',
    debian: 'amd64',
    node: 'x64',
    loadedBy: ['i386', 'x86_64'],
    serial: ['ttyS0', 'ttyS1'],
    isSerialNumbered: true,
  },
  arm64: { machine: 'aarch64', debian: 'arm64', node: 'arm64', loadedBy: ['arm64'], serial: ['ttyAMA0', 'ttyS0'], isSerialNumbered: false },
} as const satisfies Record<string, ArchitectureWords>;

export type Architecture = keyof typeof ARCHITECTURES;

export const Architecture = z.enum(Object.keys(ARCHITECTURES) as [Architecture, ...Architecture[]]);

/** Recipes and manifests that name none are of this one. */
export const USUAL_ARCHITECTURE: Architecture = 'x86_64';

/** Whether an image runs on a processor, by what the loader there was built for; a loader that does not say is let in. */
export function runsOn(architecture: Architecture, loadedBy: string | undefined): boolean {
  const words: readonly string[] = ARCHITECTURES[architecture].loadedBy;
  return loadedBy === undefined || loadedBy === '' || words.includes(loadedBy);
}
