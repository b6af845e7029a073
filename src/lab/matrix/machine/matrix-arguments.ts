import { STICK_SERIAL } from '../../checks/record-matches-machine.ts';
import { acceleratorArguments, appendArguments, type VmAccelerator } from '../../machine/accelerator.ts';
import type { OvmfFiles } from '../../machine/check-host.ts';
import type { Bus } from '../../plan/lab-hardware.ts';
import type { MatrixDisk } from '../disks/matrix-disks.ts';

/** A stick that is written to, with a log of every write. */
export interface LoggedStick {
  path: string;
  logPath: string;
}

/** What the machine starts from, and who answers it. */
export type MatrixBoot =
  /** from the stick, by its own boot loader */
  | { kind: 'stick'; stick: LoggedStick }
  /**
   * kernel and initrd without a loader; the root image from the stick, from a CD on USB, or by HTTP from the program `answer`; `turnPath` is a
   * small disk by which the guest is told that it may go on
   */
  | {
      kind: 'kernel';
      kernelPath: string;
      initrdPath: string;
      commandLine: string;
      stick?: LoggedStick;
      cdPath?: string;
      answer?: string;
      turnPath?: string;
    };

/** A disk, its image and the log of what it was told. */
export interface AttachedDisk {
  disk: MatrixDisk;
  path: string;
  logPath: string;
}

export interface MatrixHost {
  accelerator: VmAccelerator;
  qmpPath: string;
  consolePath: string;
  /** what the guest writes to its third serial port */
  reportPath: string;
  uefi?: OvmfFiles;
}

/** QEMU's name of the stick's drive. */
const STICK_DRIVE = 'stick';
export const TURN_SERIAL = 'RTURN';
export const MATRIX_MAC = '52:54:00:77:07:01';
/** Where the machine finds its master, which is a program of the host and not a machine. */
export const ANSWER_ADDRESS = '10.77.0.1';

const MEMORY_MIB = 2048;

/**
 * QEMU's arguments of the one machine that has all disks, without the program's name. `-no-shutdown` keeps the process after power off, so
 * that its counters can still be read. Options as in qemu-system-x86_64(1), versions 7.2 to 10.
 */
export function matrixArguments(boot: MatrixBoot, disks: readonly AttachedDisk[], host: MatrixHost): string[] {
  return [
    ...['-name', 'matrix', '-nodefaults', '-no-user-config', '-display', 'none', '-vga', 'none', '-no-shutdown'],
    ...['-machine', 'q35', ...acceleratorArguments(host.accelerator), '-smp', '1', '-m', `${MEMORY_MIB}`],
    ...(host.uefi === undefined ? [] : firmware(host.uefi)),
    ...['-qmp', `unix:${optionValue(host.qmpPath)},server=on,wait=off`],
    ...[
      '-chardev',
      `stdio,id=serial0,signal=off,logfile=${optionValue(host.consolePath)}`,
      '-serial',
      'chardev:serial0',
      '-serial',
      'null',
    ],
    ...['-chardev', `file,id=serial2,path=${optionValue(host.reportPath)}`, '-serial', 'chardev:serial2'],
    ...['-smbios', 'type=1,manufacturer=Rehearsal Works,product=Matrix,serial=RSYSMTRX,uuid=52454841-5253-414c-8000-00006d747278'],
    ...['-device', 'virtio-rng-pci', '-device', 'qemu-xhci,id=xhci,p2=15,p3=15', '-device', 'megasas-gen2,id=raid'],
    ...bootArguments(boot, host.accelerator),
    ...disks.flatMap(({ disk, path, logPath }) => [
      ...['-drive', loggedDrive(disk.id, path, logPath)],
      ...['-device', `${deviceOf(disk.bus, placeOn(disk, disks))},drive=${disk.id},serial=${disk.serial}`],
    ]),
  ];
}

function firmware({ codePath, variablesPath }: OvmfFiles): string[] {
  return [
    ...['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${optionValue(codePath)}`],
    ...['-drive', `if=pflash,format=raw,unit=1,file=${optionValue(variablesPath)}`],
  ];
}

function bootArguments(boot: MatrixBoot, accelerator: VmAccelerator): string[] {
  if (boot.kind === 'stick') return [...stickArguments(boot.stick, ',bootindex=0'), ...quietNetwork()];
  const { kernelPath, initrdPath, commandLine, stick, cdPath, answer, turnPath } = boot;
  return [
    ...['-kernel', kernelPath, '-initrd', initrdPath, ...appendArguments(commandLine, accelerator)],
    ...(stick === undefined ? [] : [...stickArguments(stick), ...quietNetwork()]),
    ...(cdPath === undefined ? [] : ['-drive', `if=none,id=cd,format=raw,media=cdrom,readonly=on,file=${optionValue(cdPath)}`]),
    ...(cdPath === undefined ? [] : ['-device', `usb-storage,bus=xhci.0,drive=cd,serial=${STICK_SERIAL}`]),
    ...(answer === undefined ? [] : answeredNetwork(answer)),
    ...(turnPath === undefined ? [] : ['-drive', `if=none,id=turn,format=raw,readonly=on,file=${optionValue(turnPath)}`]),
    ...(turnPath === undefined ? [] : ['-device', `virtio-blk-pci,drive=turn,serial=${TURN_SERIAL}`]),
  ];
}

/** `order`: a kernel that QEMU starts itself has the first place in the order of booting, and QEMU gives no place twice. */
function stickArguments({ path, logPath }: LoggedStick, order = ''): string[] {
  return [
    ...['-drive', loggedDrive(STICK_DRIVE, path, logPath)],
    ...['-device', `usb-storage,bus=xhci.0,drive=${STICK_DRIVE},serial=${STICK_SERIAL},removable=on${order}`],
  ];
}

/**
 * A quiet segment to serve: what is sent there goes to the port for discarding (RFC 863) of the host's own loopback, where nobody listens. A hub
 * without a second cable would not do: QEMU's takes no frame then, and the card waits for ever with its first one.
 */
function quietNetwork(): string[] {
  return [
    ...['-netdev', 'socket,id=net0,udp=127.0.0.1:9,localaddr=127.0.0.1:0'],
    ...['-device', `virtio-net-pci,netdev=net0,mac=${MATRIX_MAC},romfile=`],
  ];
}

/** Nothing but this one address answers, and nothing leaves QEMU. */
function answeredNetwork(answer: string): string[] {
  const net = `user,id=net0,restrict=on,net=10.77.0.0/16,host=10.77.0.2,guestfwd=tcp:${ANSWER_ADDRESS}:80-cmd:${optionValue(answer)}`;
  return ['-netdev', net, '-device', `virtio-net-pci,netdev=net0,mac=${MATRIX_MAC},romfile=`];
}

/** A drive whose log has every write, flush and unmap with its sector. A TRIM of the guest reaches the file, as on a real SSD. */
function loggedDrive(id: string, path: string, logPath: string): string {
  return [
    `if=none,id=${id},driver=blklogwrites,log-sector-size=512,log-super-update-interval=1,discard=unmap`,
    `file.driver=file,file.filename=${optionValue(path)},file.discard=unmap`,
    `log.driver=file,log.filename=${optionValue(logPath)},log.cache.no-flush=on`,
  ].join(',');
}

function placeOn({ bus, id }: AttachedDisk['disk'], disks: readonly AttachedDisk[]): number {
  return disks.filter(({ disk }) => disk.bus === bus).findIndex(({ disk }) => disk.id === id);
}

function deviceOf(bus: Bus, place: number): string {
  const devices = {
    virtio: 'virtio-blk-pci',
    ahci: `ide-hd,bus=ide.${place}`,
    nvme: 'nvme',
    usb: 'usb-storage,bus=xhci.0',
    megasas: `scsi-hd,bus=raid.0,scsi-id=${place}`,
  };
  return devices[bus];
}

/** QEMU separates options by commas; a comma in a value is doubled. */
function optionValue(text: string): string {
  return text.replaceAll(',', ',,');
}
