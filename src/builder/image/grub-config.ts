import { ISO_PATHS } from '../../domain/image.ts';
import { CONSOLE_ARGUMENTS, GUARD_ARGUMENTS, INSTALL_ARGUMENT, LIVE_ARGUMENTS } from '../../domain/kernel-arguments.ts';

export interface GrubConfigInput {
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
  return `${[
    `search --file --set=root ${input.markerPath}`,
    `set default=${MENU_ENTRIES.master}`,
    'set timeout=3',
    'set timeout_style=menu',
    'serial --unit=0 --speed=115200',
    'terminal_input console serial',
    'terminal_output console serial',
    ...entry(`Recon ${input.version}`, kernelArguments),
    ...entry(`Recon ${input.version}, no graphics`, `${kernelArguments} nomodeset vga=normal`),
    ...entry(`Install Recon ${input.version} on a disk of this machine`, `${kernelArguments} ${INSTALL_ARGUMENT}`),
    'menuentry "Boot from the local disk" {',
    '    exit',
    '}',
  ].join('\n')}\n`;
}

/** Kernel arguments of a boot from the stick: the root is found by identity, not by a label that another disk may carry. */
export function stickArguments(input: Pick<GrubConfigInput, 'isoUuid' | 'dataPartitionUuid'>): string[] {
  return [
    'root=live:/dev/recon/stick',
    ...LIVE_ARGUMENTS,
    `recon.stick=${input.isoUuid}`,
    `recon.data=${input.dataPartitionUuid}`,
    // a copy on a disk says `disk`, and may be on any bus
    'recon.medium=stick',
    ...GUARD_ARGUMENTS,
    ...CONSOLE_ARGUMENTS,
  ];
}

function entry(title: string, kernelArguments: string): string[] {
  return [
    `menuentry "${title}" {`,
    '    echo "Loading the kernel ..."',
    `    linux ($root)/${ISO_PATHS.kernel} ${kernelArguments}`,
    '    echo "Loading the initrd ..."',
    // a stick need not choose: the drivers of rare cards and controllers lie beside the others
    `    initrd ($root)/${ISO_PATHS.initrd} ($root)/${ISO_PATHS.drivers}`,
    '}',
  ];
}
