import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { acceleratorArguments, appendArguments, type VmAccelerator } from '../machine/accelerator.ts';
import { lastConsoleLines } from '../machine/console-text.ts';
import { startVirtualMachine } from '../machine/virtual-machine.ts';
import { END_WORD, type GuestTask, RESULT_WORD } from './guest/task.ts';
import { INIT_PATH, writeGuestInitrd } from './guest-archive.ts';

/** What the image brings, and where the machine runs. */
export interface GuestBench {
  kernelPath: string;
  initrdPath: string;
  rootImagePath: string;
  /** bundle of guest.ts */
  programPath: string;
  accelerator: VmAccelerator;
  workDir: string;
  /** short, because the path of a Unix socket has at most 107 characters */
  socketDir: string;
}

/** A stick whose writes are logged, or several that are only read from here on. */
export type GuestDisks = { kind: 'logged'; path: string; logPath: string } | { kind: 'plain'; paths: readonly string[] };

const MEMORY_MIB = 1024;

/**
 * Boots the image's kernel, has the task done, and waits until the machine is off. Gives the lines of its results.
 * @throws ReconError `lab-failed` with the end of its console when it does not come to its end
 */
export async function runGuest(
  bench: GuestBench,
  input: { name: string; task: GuestTask; disks: GuestDisks; timeoutMs: number; directory: string; onLine?: (line: string) => void },
): Promise<string[]> {
  const { name, task, disks, timeoutMs, directory, onLine } = input;
  const initrdPath = await writeGuestInitrd({ ...bench, task, directory });
  const qmpPath = join(bench.socketDir, `${name}.qmp`);
  const args = guestArguments({ ...bench, initrdPath, qmpPath, logPath: join(bench.workDir, `${name}.console`) }, disks);
  await using vm = await startVirtualMachine(name, ['qemu-system-x86_64', ...args], qmpPath, onLine);
  await vm.waitForOff(timeoutMs);
  const lines = vm.console.map(({ text }) => text);
  if (!lines.includes(END_WORD)) {
    throw new ReconError('lab-failed', `${name} did not come to its end; its console ends with:\n${lastConsoleLines(vm.console, 15)}`);
  }
  return lines.filter((line) => line.startsWith(RESULT_WORD)).map((line) => line.slice(RESULT_WORD.length));
}

interface GuestHost extends Pick<GuestBench, 'kernelPath' | 'initrdPath' | 'rootImagePath' | 'accelerator'> {
  qmpPath: string;
  logPath: string;
}

/** QEMU's arguments, without the program's name. Options as in qemu-system-x86_64(1), versions 7.2 to 10. */
export function guestArguments(host: GuestHost, disks: GuestDisks): string[] {
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-shutdown', '-machine', 'q35', ...acceleratorArguments(host.accelerator)],
    ...['-smp', '1', '-m', `${MEMORY_MIB}`, '-qmp', `unix:${optionValue(host.qmpPath)},server=on,wait=off`],
    ...['-chardev', `stdio,id=serial0,signal=off,logfile=${optionValue(host.logPath)}`, '-serial', 'chardev:serial0'],
    ...['-kernel', host.kernelPath, '-initrd', host.initrdPath],
    ...appendArguments(`rdinit=${INIT_PATH} console=ttyS0,115200n8 loglevel=1 panic=0`, host.accelerator),
    ...['-drive', `if=none,id=root,format=raw,readonly=on,file=${optionValue(host.rootImagePath)}`, '-device', 'virtio-blk-pci,drive=root'],
    ...(disks.kind === 'logged' ? loggedDisk(disks) : plainDisks(disks.paths)),
  ];
}

/** The disk has a write cache, as a stick may have, and the log has every write and flush in the order of its end. */
function loggedDisk({ path, logPath }: { path: string; logPath: string }): string[] {
  const node = {
    ...{ driver: 'blklogwrites', 'node-name': 'stick', 'log-sector-size': 512 },
    // the host's own disk need not keep up: the log is what counts
    file: { driver: 'file', filename: path, cache: { 'no-flush': true } },
    log: { driver: 'file', filename: logPath, cache: { 'no-flush': true } },
  };
  return ['-blockdev', JSON.stringify(node), '-device', 'virtio-blk-pci,drive=stick,write-cache=on'];
}

function plainDisks(paths: readonly string[]): string[] {
  return [
    ...['-device', 'virtio-scsi-pci,id=scsi'],
    ...paths.flatMap((path, index) => [
      ...['-drive', `if=none,id=disk${index},format=raw,cache=unsafe,file=${optionValue(path)}`],
      ...['-device', `scsi-hd,drive=disk${index},bus=scsi.0,lun=${index}`],
    ]),
  ];
}

/** QEMU separates options by commas; a comma in a value is doubled. */
function optionValue(text: string): string {
  return text.replaceAll(',', ',,');
}
