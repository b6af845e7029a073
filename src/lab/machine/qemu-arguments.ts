import { FRU_DEVICE_BYTES, type HardwareFiles } from '../hardware/hardware-files.ts';
import type { LabBmc, LabDisk, LabNic } from '../plan/lab-hardware.ts';
import type { LabIdentity, LabMachine } from '../plan/lab-plan.ts';
import { acceleratorArguments, appendArguments, type VmAccelerator } from './accelerator.ts';
import { boardOf } from './boards.ts';

/** What the machine starts from. */
export type BootSource =
  | { kind: 'stick'; path: string }
  /** optical, as a BMC's virtual medium: on USB and read-only */
  | { kind: 'cd'; path: string }
  | { kind: 'network' }
  /** one of its own disks */
  | { kind: 'disk'; id: string }
  | { kind: 'kernel'; kernelPath: string; initrdPath: string; commandLine: string };

/** The stick as QEMU's monitor knows it, and as the machine does. */
export const STICK_PLUG = { id: 'stickplug', bus: 'xhci.0', serial: 'RSTICK' } as const;

/** What of the host the virtual machine uses. */
export interface QemuHost {
  accelerator: VmAccelerator;
  qmpPath: string;
  serialLogPath: string;
  diskPath: (disk: LabDisk) => string;
  hardware: HardwareFiles;
  /** control socket of swtpm; only for machines with a TPM */
  tpmSocketPath?: string;
  /** no screen: SeaBIOS and iPXE speak on the serial port then (QEMU's `graphics=off`), and are heard with the rest of the console */
  isHeadless?: boolean;
  /** OVMF's code and a private copy of its variables; only for UEFI machines */
  uefi?: { codePath: string; variablesPath: string; isSecure?: boolean };
}

/**
 * QEMU's arguments for a machine of the rehearsal, without the program's name. `-no-shutdown` keeps the process after power
 * off, so that its write counters can still be read. Options as in qemu-system-x86_64(1), versions 7.2 to 10.
 */
export function qemuArguments(machine: LabMachine, boot: BootSource, host: QemuHost): string[] {
  const board = boardOf(machine);
  return [
    ...[
      '-name',
      machine.name,
      '-nodefaults',
      '-no-user-config',
      '-display',
      'none',
      '-vga',
      host.isHeadless === true ? 'none' : board.screen,
      '-no-shutdown',
    ],
    ...[
      '-machine',
      [board.machine, ...(host.uefi?.isSecure === true ? ['smm=on'] : []), ...(host.isHeadless === true ? ['graphics=off'] : [])].join(','),
      ...acceleratorArguments(host.accelerator, machine),
      '-smp',
      '1',
      '-m',
      `${machine.memoryMiB}`,
    ],
    ...(host.uefi === undefined ? [] : firmwareArguments(host.uefi)),
    // OVMF then has no PXE to try before
    ...(machine.overHttp === true ? ['IPv4PXESupport', 'IPv6PXESupport'].flatMap(switchedOff) : []),
    ...['-qmp', `unix:${optionValue(host.qmpPath)},server=on,wait=off`],
    ...['-chardev', `stdio,id=serial0,signal=off,logfile=${optionValue(host.serialLogPath)}`, '-serial', 'chardev:serial0'],
    ...identityArguments(machine.identity),
    ...host.hardware.smbiosPaths.flatMap((path) => ['-smbios', `file=${optionValue(path)}`]),
    ...(machine.bmc === undefined ? [] : bmcArguments(machine.bmc, host.hardware.bmc)),
    ...(machine.tpm === undefined || host.tpmSocketPath === undefined ? [] : tpmArguments(machine.tpm, host.tpmSocketPath)),
    // edk2 of 2024 and later refuses to boot from the network without a source of random numbers
    ...['-device', 'virtio-rng-pci', '-device', 'qemu-xhci,id=xhci'],
    ...bootSourceArguments(boot, host.accelerator),
    ...machine.nics.flatMap((nic, index) => nicArguments(nic, index, machine.firmware, boot.kind === 'network')),
    ...(machine.disks.some((disk) => disk.bus === 'megasas') ? ['-device', 'megasas-gen2,id=raid'] : []),
    ...machine.disks.flatMap((disk, index) => diskArguments(disk, index, host.diskPath(disk), boot.kind === 'disk' && boot.id === disk.id)),
  ];
}

/** The firmware that enforces signatures keeps its variables from everything but the system management mode. */
function firmwareArguments(uefi: NonNullable<QemuHost['uefi']>): string[] {
  return [
    ...(uefi.isSecure === true ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : []),
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${optionValue(uefi.codePath)}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${optionValue(uefi.variablesPath)}`],
  ];
}

function switchedOff(name: string): string[] {
  return ['-fw_cfg', `name=opt/org.tianocore/${name},string=n`];
}

function identityArguments(identity: LabIdentity): string[] {
  const tables = [
    `type=0,vendor=${identity.vendor},version=R1.0,date=01/02/2020`,
    `type=1,manufacturer=${identity.vendor},product=${identity.product},version=1,serial=${identity.serial},uuid=${identity.uuid}`,
    `type=2,manufacturer=${identity.vendor},product=${identity.product} board,serial=${identity.boardSerial},asset=${identity.assetTag}`,
    `type=3,manufacturer=${identity.vendor},serial=${identity.chassisSerial},asset=${identity.assetTag}`,
    'type=4,sock_pfx=CPU,manufacturer=Rehearsal,version=Rehearsal CPU',
  ];
  return tables.flatMap((table) => ['-smbios', table]);
}

function bmcArguments({ firmware }: LabBmc, files: HardwareFiles['bmc']): string[] {
  // IPMI 2.0, section 20.1: the second number of the version is in binary-coded decimal
  const minor = Number.parseInt(`${firmware.minor}`, 16);
  const content =
    files === undefined
      ? ''
      : `,fruareasize=${FRU_DEVICE_BYTES},frudatafile=${optionValue(files.fruPath)},sdrfile=${optionValue(files.sdrPath)}`;
  return ['-device', `ipmi-bmc-sim,id=bmc0,fwrev1=${firmware.major},fwrev2=${minor}${content}`, '-device', 'isa-ipmi-kcs,bmc=bmc0'];
}

function tpmArguments(tpm: NonNullable<LabMachine['tpm']>, socketPath: string): string[] {
  return [
    ...['-chardev', `socket,id=tpmsocket,path=${optionValue(socketPath)}`],
    ...['-tpmdev', 'emulator,id=tpm0,chardev=tpmsocket', '-device', `tpm-${tpm},tpmdev=tpm0`],
  ];
}

function bootSourceArguments(boot: BootSource, accelerator: VmAccelerator): string[] {
  switch (boot.kind) {
    case 'stick':
      return [
        ...['-drive', `if=none,id=stick,format=raw,file=${optionValue(boot.path)}`],
        ...[
          '-device',
          `usb-storage,id=${STICK_PLUG.id},bus=${STICK_PLUG.bus},drive=stick,serial=${STICK_PLUG.serial},removable=on,bootindex=0`,
        ],
      ];
    case 'cd':
      return [
        ...['-drive', `if=none,id=cd,format=raw,media=cdrom,readonly=on,file=${optionValue(boot.path)}`],
        ...['-device', 'usb-storage,bus=xhci.0,drive=cd,bootindex=0'],
      ];
    case 'kernel':
      return ['-kernel', boot.kernelPath, '-initrd', boot.initrdPath, ...appendArguments(boot.commandLine, accelerator)];
    case 'network':
    case 'disk':
      return [];
  }
}

/** Without its own boot ROM the card is driven by OVMF, whose PXE (unlike QEMU's ROMs) is not iPXE and so asks for a loader. */
function nicArguments(nic: LabNic, index: number, firmware: LabMachine['firmware'], bootsFromIt: boolean): string[] {
  const isBootCard = bootsFromIt && index === 0;
  const rom = firmware === 'uefi' || !isBootCard ? ',romfile=' : '';
  const order = isBootCard ? ',bootindex=0' : '';
  const cable =
    nic.segment === 'nothing' ? `hubport,id=net${index},hubid=${index}` : `tap,id=net${index},ifname=${nic.tap},script=no,downscript=no`;
  return [...['-netdev', cable], ...['-device', `${nic.model},netdev=net${index},mac=${nic.mac}${rom}${order}`]];
}

function diskArguments(disk: LabDisk, index: number, path: string, bootsFromIt: boolean): string[] {
  const device = {
    virtio: 'virtio-blk-pci',
    ahci: `ide-hd,bus=ide.${index}`,
    nvme: 'nvme',
    usb: 'usb-storage,bus=xhci.0',
    megasas: `scsi-hd,bus=raid.0,scsi-id=${index}`,
  }[disk.bus];
  return [
    // discard=unmap: a TRIM from the guest would reach the file and change its hash, as on a real SSD
    ...['-drive', `if=none,id=${disk.id},format=raw,discard=unmap,file=${optionValue(path)}`],
    ...[
      '-device',
      [
        `${device},drive=${disk.id},serial=${disk.serial}`,
        ...(disk.wwn === undefined ? [] : [`wwn=${disk.wwn}`]),
        ...(bootsFromIt ? ['bootindex=0'] : []),
      ].join(','),
    ],
  ];
}

/** QEMU separates options by commas; a comma in a value is doubled. */
function optionValue(text: string): string {
  return text.replaceAll(',', ',,');
}
