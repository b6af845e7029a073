import { bootPaths } from '../../domain/image.ts';
import { consoleArguments, GUARD_ARGUMENTS, INSTALL_ARGUMENT, LIVE_ARGUMENTS } from '../../domain/kernel-arguments.ts';
import { ARCHITECTURES, type Architecture, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';

export interface GrubConfigInput {
  /** missing: x86_64 */
  architecture?: Architecture;
  /** image version for the menu's title */
  version: string;
  /** UUID of the ISO 9660 volume, by which the initrd knows its own stick */
  isoUuid: string;
  /** PARTUUID of the data partition */
  dataPartitionUuid: string;
  /** a file in the ISO that no other medium has; GRUB searches its root by it */
  markerPath: string;
}

/**
 * Where each entry stands in the menu. A copy on a disk, and an image whose menu installs by itself, are made by changing digits and words of the
 * finished menu, each for one of the same length (builder/disk/identity-edits.ts).
 */
export const MENU_ENTRIES = { master: 0, 'no graphics': 1, install: 2, 'local disk': 3 } as const;

/**
 * The menu of the stick, for BIOS and UEFI alike. Debian 13's GRUB 2.12 has no `linuxefi`: plain `linux` serves both.
 * The default entry starts after 3 seconds without a key.
 */
export function grubConfig(input: GrubConfigInput): string {
  const kernelArguments = stickArguments(input).join(' ');
  const paths = bootPaths(input.architecture);
  const boots = (title: string, words: string): string[] => entry(title, words, paths);
  return `${[
    `search --file --set=root ${input.markerPath}`,
    `set default=${MENU_ENTRIES.master}`,
    'set timeout=3',
    'set timeout_style=menu',
    ...(ARCHITECTURES[input.architecture ?? USUAL_ARCHITECTURE].isSerialNumbered ? SERIAL : []),
    ...boots(`Recon ${input.version}`, kernelArguments),
    ...boots(`Recon ${input.version}, no graphics`, `${kernelArguments} nomodeset vga=normal`),
    ...boots(`Install Recon ${input.version} on a disk of this machine`, `${kernelArguments} ${INSTALL_ARGUMENT}`),
    'menuentry "Boot from the local disk" {',
    '    exit',
    '}',
  ].join('\n')}\n`;
}

/** Kernel arguments of a boot from the stick: the root is found by identity, not by a label that another disk may carry. */
export function stickArguments(input: Pick<GrubConfigInput, 'architecture' | 'isoUuid' | 'dataPartitionUuid'>): string[] {
  return [
    'root=live:/dev/recon/stick',
    ...LIVE_ARGUMENTS,
    `recon.stick=${input.isoUuid}`,
    `recon.data=${input.dataPartitionUuid}`,
    // a copy on a disk says `disk`, and may be on any bus
    'recon.medium=stick',
    ...GUARD_ARGUMENTS,
    ...consoleArguments(input.architecture),
  ];
}

const SERIAL = ['serial --unit=0 --speed=115200', 'terminal_input console serial', 'terminal_output console serial'];

function entry(title: string, kernelArguments: string, { kernel, initrd, drivers }: ReturnType<typeof bootPaths>): string[] {
  return [
    `menuentry "${title}" {`,
    '    echo "Loading the kernel ..."',
    `    linux ($root)/${kernel} ${kernelArguments}`,
    '    echo "Loading the initrd ..."',
    // a stick need not choose: the drivers of rare cards and controllers lie beside the others
    `    initrd ($root)/${initrd} ($root)/${drivers}`,
    '}',
  ];
}
