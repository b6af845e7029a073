import type { Accelerator } from './accelerator.ts';
import type { LabDisk, LabIdentity, LabMachine, LabNic } from './lab-plan.ts';

/** What the machine starts from. */
export type BootSource =
  | { kind: 'stick'; path: string }
  /** optical, as a BMC's virtual medium: on USB and read-only */
  | { kind: 'cd'; path: string }
  | { kind: 'network' }
  | { kind: 'kernel'; kernelPath: string; initrdPath: string; commandLine: string };

/** What of the host the virtual machine uses. */
export interface QemuHost {
  accelerator: Accelerator;
  qmpPath: string;
  serialLogPath: string;
  diskPath: (disk: LabDisk) => string;
  /** OVMF's code and a private copy of its variables; only for UEFI machines */
  uefi?: { codePath: string; variablesPath: string };
}

/**
 * QEMU's arguments for a machine of the rehearsal, without the program's name. `-no-shutdown` keeps the process after power
 * off, so that its write counters can still be read. Options as in qemu-system-x86_64(1), versions 7.2 to 10.
 */
export function qemuArguments(machine: LabMachine, boot: BootSource, host: QemuHost): string[] {
  return [
    ...['-name', machine.name, '-nodefaults', '-no-user-config', '-display', 'none', '-vga', 'std', '-no-shutdown'],
    ...['-machine', 'q35', ...acceleratorArguments(host.accelerator), '-smp', '1', '-m', `${machine.memoryMiB}`],
    ...(host.uefi === undefined ? [] : firmwareArguments(host.uefi)),
    ...['-qmp', `unix:${optionValue(host.qmpPath)},server=on,wait=off`],
    ...['-chardev', `stdio,id=serial0,signal=off,logfile=${optionValue(host.serialLogPath)}`, '-serial', 'chardev:serial0'],
    ...identityArguments(machine.identity),
    ...(machine.hasBmc ? ['-device', 'ipmi-bmc-sim,id=bmc0', '-device', 'isa-ipmi-kcs,bmc=bmc0'] : []),
    // edk2 of 2024 and later refuses to boot from the network without a source of random numbers
    ...['-device', 'virtio-rng-pci', '-device', 'qemu-xhci,id=xhci'],
    ...bootArguments(boot),
    ...machine.nics.flatMap((nic, index) => nicArguments(nic, index, machine.firmware, boot.kind === 'network')),
    ...machine.disks.flatMap((disk, index) => diskArguments(disk, index, host.diskPath(disk))),
  ];
}

/** KVM gets the plainest CPU: hosts that are virtual machines themselves often refuse to pass theirs through. */
export function acceleratorArguments(accelerator: Accelerator): string[] {
  return accelerator === 'kvm' ? ['-accel', 'kvm', '-cpu', 'qemu64'] : ['-accel', 'tcg,thread=single', '-cpu', 'Nehalem'];
}

function firmwareArguments(uefi: { codePath: string; variablesPath: string }): string[] {
  return [
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${optionValue(uefi.codePath)}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${optionValue(uefi.variablesPath)}`],
  ];
}

function identityArguments(identity: LabIdentity): string[] {
  const tables = [
    `type=0,vendor=${identity.vendor},version=R1.0,date=01/02/2020`,
    `type=1,manufacturer=${identity.vendor},product=${identity.product},version=1,serial=${identity.serial},uuid=${identity.uuid}`,
    `type=2,manufacturer=${identity.vendor},product=${identity.product} board,serial=${identity.boardSerial},asset=${identity.assetTag}`,
    `type=3,manufacturer=${identity.vendor},serial=${identity.chassisSerial},asset=${identity.assetTag}`,
    'type=4,sock_pfx=CPU,manufacturer=Rehearsal,version=Rehearsal CPU',
    `type=17,loc_pfx=DIMM,bank=BANK 0,manufacturer=${identity.vendor},serial=${identity.dimmSerial},part=${identity.dimmPart},speed=2666`,
  ];
  return tables.flatMap((table) => ['-smbios', table]);
}

function bootArguments(boot: BootSource): string[] {
  switch (boot.kind) {
    case 'stick':
      return [
        ...['-drive', `if=none,id=stick,format=raw,file=${optionValue(boot.path)}`],
        ...['-device', 'usb-storage,bus=xhci.0,drive=stick,serial=RSTICK,removable=on,bootindex=0'],
      ];
    case 'cd':
      return [
        ...['-drive', `if=none,id=cd,format=raw,media=cdrom,readonly=on,file=${optionValue(boot.path)}`],
        ...['-device', 'usb-storage,bus=xhci.0,drive=cd,bootindex=0'],
      ];
    case 'kernel':
      return ['-kernel', boot.kernelPath, '-initrd', boot.initrdPath, '-append', boot.commandLine];
    case 'network':
      return [];
  }
}

/** Without its own boot ROM the card is driven by OVMF, whose PXE (unlike QEMU's ROMs) is not iPXE and so asks for a loader. */
function nicArguments(nic: LabNic, index: number, firmware: LabMachine['firmware'], bootsFromIt: boolean): string[] {
  const rom = firmware === 'uefi' || !bootsFromIt ? ',romfile=' : '';
  const order = bootsFromIt && index === 0 ? ',bootindex=0' : '';
  return [
    ...['-netdev', `tap,id=net${index},ifname=${nic.tap},script=no,downscript=no`],
    ...['-device', `${nic.model},netdev=net${index},mac=${nic.mac}${rom}${order}`],
  ];
}

function diskArguments(disk: LabDisk, index: number, path: string): string[] {
  const device = {
    virtio: 'virtio-blk-pci',
    ahci: `ide-hd,bus=ide.${index}`,
    nvme: 'nvme',
    usb: 'usb-storage,bus=xhci.0',
  }[disk.bus];
  return [
    // discard=unmap: a TRIM from the guest would reach the file and change its hash, as on a real SSD
    ...['-drive', `if=none,id=${disk.id},format=raw,discard=unmap,file=${optionValue(path)}`],
    ...['-device', `${device},drive=${disk.id},serial=${disk.serial}`],
  ];
}

/** QEMU separates options by commas; a comma in a value is doubled. */
function optionValue(text: string): string {
  return text.replaceAll(',', ',,');
}
