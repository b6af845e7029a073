import { ISO_PATHS } from '../../domain/image.ts';
import { CONSOLE_ARGUMENTS, GUARD_ARGUMENTS, LIVE_ARGUMENTS } from '../../domain/kernel-arguments.ts';

export interface GrubConfigInput {
  /** image version for the menu's title */
  version: string;
  /** UUID of the ISO 9660 volume, by which the initrd knows its own stick */
  isoUuid: string;
  /** PARTUUID of the data partition */
  dataPartitionUuid: string;
  /** a file in the ISO that no other medium has; GRUB searches its root by it */
  markerPath: string;
  /** `disk`: an image for virtual machines, which boots from any disk, not only from USB or optical media */
  medium: 'stick' | 'disk';
}

/**
 * The menu of the stick, for BIOS and UEFI alike. Debian 13's GRUB 2.12 has no `linuxefi`: plain `linux` serves both.
 * The default entry starts after 3 seconds without a key.
 */
export function grubConfig(input: GrubConfigInput): string {
  const kernelArguments = stickArguments(input).join(' ');
  return `${[
    `search --file --set=root ${input.markerPath}`,
    'set default=0',
    'set timeout=3',
    'set timeout_style=menu',
    'serial --unit=0 --speed=115200',
    'terminal_input console serial',
    'terminal_output console serial',
    ...entry(`Recon ${input.version}`, kernelArguments),
    ...entry(`Recon ${input.version}, no graphics`, `${kernelArguments} nomodeset vga=normal`),
    'menuentry "Boot from the local disk" {',
    '    exit',
    '}',
  ].join('\n')}\n`;
}

/** Kernel arguments of a boot from the stick: the root is found by identity, not by a label that another disk may carry. */
export function stickArguments(input: Pick<GrubConfigInput, 'isoUuid' | 'dataPartitionUuid' | 'medium'>): string[] {
  return [
    'root=live:/dev/recon/stick',
    ...LIVE_ARGUMENTS,
    `recon.stick=${input.isoUuid}`,
    `recon.data=${input.dataPartitionUuid}`,
    ...(input.medium === 'disk' ? ['recon.medium=disk'] : []),
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
    `    initrd ($root)/${ISO_PATHS.initrd}`,
    '}',
  ];
}
