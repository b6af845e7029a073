import { ReconError } from '../../domain/errors.ts';
import { startChild } from '../../platform/process/child.ts';
import { type Argv, type CommandResult, run } from '../../platform/process/command.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import { diskPath } from '../hardware/disk-images.ts';
import { lastConsoleLines } from '../machine/console-text.ts';
import { type Bench, startMachine } from '../machine/start-machine.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { labDimms, labDisk } from '../plan/lab-hardware.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import { type HeadProcess, headBehind, START_MS } from './head-process.ts';
import { HEAD, SERVER_TAPS } from './plan.ts';
import type { PoolRoom } from './room.ts';
import type { ServerDisk } from './server-disk.ts';

const SERVER: LabMachine = {
  ...{ name: 'head', role: 'control', firmware: 'bios', memoryMiB: 1536 },
  identity: {
    ...{ vendor: 'Rehearsal Works', product: 'Server', serial: 'RHEAD0001', uuid: '52454841-5253-414c-9000-0000000000ff' },
    ...{ boardSerial: 'RHBRD0001', chassisSerial: 'RHCHS0001', assetTag: 'RHTAG0001' },
  },
  dimms: labDimms(9, [1536]),
  // eth0 and eth1 in this order: net.ifnames=0
  nics: [
    { model: 'virtio-net-pci', segment: 'lab', mac: '52:54:00:66:00:a0', tap: SERVER_TAPS.public },
    { model: 'virtio-net-pci', segment: 'lab', mac: '52:54:00:66:00:a1', tap: SERVER_TAPS.private },
  ],
  disks: [labDisk(9, 0, 'boot-sector@virtio')],
};
const COMMAND_LINE = [
  'root=/dev/vda rw console=ttyS0,115200n8 net.ifnames=0 tsc=unstable',
  'systemd.default_timeout_start_sec=900 systemd.default_device_timeout_sec=900',
].join(' ');
const BOOT_MS = 20 * 60_000;
const INSTALL_MS = 40 * 60_000;

/** Where the disk of the server lies. */
export function serverDiskPath(bench: Pick<Bench, 'diskDir'>): string {
  return diskPath(bench.diskDir, SERVER, SERVER.disks[0] ?? labDisk(9, 0, 'boot-sector@virtio'));
}

/** Switches the server on, and waits until it lets its owner in. @throws ReconError `lab-failed` when it does not */
export async function startServer(bench: Bench, { kernelPath, initrdPath }: ServerDisk, door: ServerDoor): Promise<VirtualMachine> {
  const vm = await startMachine(bench, SERVER, { kind: 'kernel', kernelPath, initrdPath, commandLine: COMMAND_LINE });
  await waitForServer(door, vm).catch(async (error: unknown) => {
    await vm[Symbol.asyncDispose]();
    throw error;
  });
  return vm;
}

/** @throws ReconError `lab-failed` with the end of its console */
export async function waitForServer(door: ServerDoor, vm: VirtualMachine): Promise<void> {
  const answer = async (): Promise<true | undefined> => {
    vm.assertAlive();
    return (await onServer(door, 'true', 60_000)).status === 'ok' ? true : undefined;
  };
  if ((await waitFor(answer, { timeoutMs: BOOT_MS, pauseMs: 3000 })) !== undefined) return;
  throw new ReconError('lab-failed', `the server lets nobody in; its console ends with:\n${lastConsoleLines(vm.console, 15)}`);
}

/** How the server is reached. */
export interface ServerDoor {
  room: Pick<PoolRoom, 'people'>;
  keyPath: string;
}

/** `recon head install`, as a person types it. Gives what it said. @throws ReconError `lab-failed` with it when it fails */
export async function installOnServer(door: ServerDoor): Promise<{ exitCode: number | undefined; said: string }> {
  const result = await onServer(
    door,
    'cd /opt/recon && ./recon head install --private eth1 --public eth0 --no-packages --no-images 2>&1',
    INSTALL_MS,
  );
  const said = result.stdout.toString('utf8').trim();
  if (result.status === 'ok' || result.exitCode === 3) return { exitCode: result.exitCode, said };
  throw new ReconError('lab-failed', `recon head install failed:\n${said.split('\n').slice(-12).join('\n')}`);
}

/** The service of the installed head, with its journal as what it says. @throws ReconError `lab-failed` when it does not serve */
export async function headOnServer(door: ServerDoor, vm: VirtualMachine): Promise<HeadProcess> {
  const said: string[] = [];
  const journal = startChild(sshArguments(door, 'journalctl --unit=recon-head --boot --follow --lines=all --output=cat'), {
    onLine: (line) => void said.push(line),
  });
  const head = headBehind(said, {
    ask: async (path, options) => {
      const words = [
        'curl',
        '--silent',
        '--show-error',
        '--fail-with-body',
        '--max-time',
        '100',
        '--unix-socket',
        '/run/recon/head.sock',
        ...options,
      ];
      return onServer(door, [...words, `http://localhost/api/v1${path}`].map(quoted).join(' '), 120_000);
    },
    kill: async () => {
      // as a power cut
      await vm.qmp.execute('system_reset');
      await journal.stop();
    },
    stop: async () => void (await journal.stop()),
  });
  await head.waitForWords('serving DHCP', START_MS * 2).catch(async (error: unknown) => {
    await journal.stop();
    throw error;
  });
  return head;
}

async function onServer(door: ServerDoor, command: string, timeoutMs: number): Promise<CommandResult> {
  return run(sshArguments(door, command), { timeoutMs });
}

function sshArguments({ room, keyPath }: ServerDoor, command: string): Argv {
  const options = [
    'UserKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=no',
    'BatchMode=yes',
    'ConnectTimeout=30',
    'IdentityAgent=none',
    'LogLevel=ERROR',
  ];
  return room.people.inside([
    'ssh',
    '-F',
    '/dev/null',
    '-i',
    keyPath,
    ...options.flatMap((one) => ['-o', one]),
    `root@${HEAD.publicAddress}`,
    command,
  ]);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
