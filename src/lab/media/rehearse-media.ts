import { setTimeout as delay } from 'node:timers/promises';
import { ReconError } from '../../domain/errors.ts';
import { readOrUndefined, temporaryDirectory } from '../../platform/files/files.ts';
import type { WorkDirectory } from '../../platform/files/work-directory.ts';
import { addNamespaceAddress } from '../../platform/network/network-namespace.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import { fetchTarball } from '../boot-from-cd.ts';
import { checkImage, type LabImage } from '../check-image.ts';
import { findTouchedDisks } from '../checks/disks-untouched.ts';
import { findPowerTrouble } from '../checks/power-order.ts';
import { type PreparedDisk, prepareDisks } from '../hardware/disk-images.ts';
import type { VmAccelerator } from '../machine/accelerator.ts';
import { checkHost } from '../machine/check-host.ts';
import { chooseAccelerator } from '../machine/choose-accelerator.ts';
import { lastConsoleLines } from '../machine/console-text.ts';
import { type Bench, startMachine } from '../machine/start-machine.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { MASTER_ADDRESS } from '../master-machine.ts';
import { createLabNetwork, type LabNetwork } from '../network/lab-network.ts';
import { askForNodes } from '../network/node-list.ts';
import { type LabMachine, MEDIA_MACHINES } from '../plan/lab-plan.ts';
import { type RehearsalPlace, rehearseIn } from '../rehearse-in.ts';
import { readTarball } from '../stick/read-tarball.ts';
import { findMediaTrouble, findSecondMaster } from './find-media-trouble.ts';

export interface MediaRehearsal extends RehearsalPlace {
  image: LabImage;
  accel?: VmAccelerator;
}

/** Of all of them the first card hangs on the segment that they share; the name is of its place on the bus. */
const SHARED = /enp0s4 \((\d+\.\d+\.\d+\.\d+)\)/;

/** Under emulation, three at once. */
const READY_MS = 30 * 60_000;
const PEERS_MS = 40 * 60_000;
/** One look of a busy machine at itself takes minutes, and there are three. */
const LOOKS_MS = 15 * 60_000;
const LOOKS_PAUSE_MS = 60_000;
const READY = /recon master: ready/i;
const PAUSE_MS = 2000;

interface Running {
  machine: LabMachine;
  vm: VirtualMachine;
}

interface Serving extends Running {
  /** on the segment that all share; of several ports the one that is quiet first has the first range */
  address: string;
}

interface MediaRoom {
  bench: Bench;
  network: LabNetwork;
  prepared: readonly PreparedDisk[];
  isoPath: string;
}

/**
 * Three machines start from the same image as a CD, none from the network: one becomes the master, the others its peers. Needs root.
 * @throws ReconError `lab-failed` with every finding, and what a rehearsal throws beside
 */
export async function rehearseMedia({ workDir, keep, log, ...input }: MediaRehearsal): Promise<void> {
  await rehearseIn({ workDir, keep, log }, { stepCount: 6, kept: 'consoles, captures and disks of the rehearsal' }, async (work, step) => {
    await using stack = new AsyncDisposableStack();
    const room = await step('make disks and network', () => setUp({ ...input, workDir: work.path }, stack));
    const running = await step('switch three machines on, with the same CD in', () => bootAll(room, stack));
    const master = await step('wait for the one that serves', (say) => firstReady(running, say));
    await step('wait for the records of the others', (say) => untilDelivered(room.bench, running, master, say));
    const findings = await step('fetch the tarball, and compare it with the machines', (say) =>
      findLastTrouble(running, master, { room, work, say }),
    );
    findings.push(...(await step('compare the disks', () => findTouched(running, room.prepared))));
    return findings;
  });
}

async function setUp(
  { image, accel, workDir }: Pick<MediaRehearsal, 'image' | 'workDir'> & { accel?: VmAccelerator },
  stack: AsyncDisposableStack,
): Promise<MediaRoom> {
  const ovmf = await checkHost(MEDIA_MACHINES, workDir);
  await checkImage(image);
  const socketDir = stack.use(await temporaryDirectory('recon-lab-')).path;
  const accelerator = accel ?? (await chooseAccelerator(workDir, socketDir, ovmf));
  const prepared = await prepareDisks(MEDIA_MACHINES, workDir);
  const network = await createLabNetwork(MEDIA_MACHINES, workDir, stack);
  const bench: Bench = { accelerator, ovmf, namespace: network.namespace, workDir, diskDir: workDir, socketDir };
  return { bench, network, prepared, isoPath: image.isoPath };
}

async function bootAll({ bench, isoPath }: MediaRoom, stack: AsyncDisposableStack): Promise<Running[]> {
  const running: Running[] = [];
  for (const machine of MEDIA_MACHINES)
    running.push({ machine, vm: stack.use(await startMachine(bench, machine, { kind: 'cd', path: isoPath })) });
  return running;
}

/** @throws ReconError `lab-failed` when none of them serves */
async function firstReady(running: readonly Running[], say: (text: string) => void): Promise<Serving> {
  const look = (): Running | undefined => {
    for (const { vm } of running) vm.assertAlive();
    return running.find(({ vm }) => vm.console.some(({ text }) => READY.test(text)));
  };
  const found = await waitFor(look, { timeoutMs: READY_MS, pauseMs: PAUSE_MS });
  if (found === undefined) throw failed('none of the machines serves', running);
  const address = found.vm.console.flatMap(({ text }) => SHARED.exec(text)?.[1] ?? []).at(-1) ?? MASTER_ADDRESS;
  say(`${found.machine.name} serves, as ${address}`);
  return { ...found, address };
}

/** Until each of them has a receipt and is off, the master has its own record, and nothing more is to come. @throws ReconError `lab-failed` */
async function untilDelivered(
  { namespace }: Bench,
  running: readonly Running[],
  master: Serving,
  say: (text: string) => void,
): Promise<void> {
  // only now: before the master is ready, any frame of ours would be a reason for it not to serve
  await addNamespaceAddress(namespace, 'lab', `${master.address.replace(/\d+\.\d+$/, '255.254')}/16`);
  const told = new Set<string>();
  const look = async (): Promise<true | undefined> => {
    for (const { vm } of running) vm.assertAlive();
    const nodes = (await askForNodes(namespace, master.address))?.nodes ?? [];
    const missing = running.filter(
      ({ machine }) => !nodes.some(({ mac, hasReceipt }) => hasReceipt && machine.nics.some((nic) => nic.mac === mac)),
    );
    for (const { machine } of running.filter((one) => !missing.includes(one)))
      if (!told.has(machine.name)) say(`${machine.name} has a receipt`);
    for (const { machine } of running.filter((one) => !missing.includes(one))) told.add(machine.name);
    const areOff = running.every((one) => one.vm === master.vm || one.vm.offAtMs() !== undefined);
    return missing.length === 0 && areOff ? true : undefined;
  };
  if ((await waitFor(look, { timeoutMs: PEERS_MS, pauseMs: PAUSE_MS })) === undefined)
    throw failed('not all machines came to their end', running);
}

/** A master from a CD whose programs were late looks at itself again, and its next record may have what this one lacks. */
async function findLastTrouble(
  running: readonly Running[],
  master: Serving,
  { room, work, say }: { room: MediaRoom; work: WorkDirectory; say: (text: string) => void },
): Promise<string[]> {
  const untilMs = performance.now() + LOOKS_MS;
  for (let turn = 1; ; turn += 1) {
    const places = { fetched: await work.subdirectory(`fetched-${turn}`), unpacked: await work.subdirectory(`tarball-${turn}`) };
    const findings = await findTrouble(running, master, { room, ...places });
    if (performance.now() > untilMs || !findings.some((one) => one.startsWith(`${master.machine.name}: `))) return findings;
    say(`${master.machine.name} may look at itself again: ${findings[0]}`);
    await delay(LOOKS_PAUSE_MS);
  }
}

interface TroubleInput {
  room: MediaRoom;
  fetched: string;
  unpacked: string;
}

async function findTrouble(running: readonly Running[], master: Serving, { room, fetched, unpacked }: TroubleInput): Promise<string[]> {
  const { bench, network } = room;
  const taken = await fetchTarball(master, bench.namespace, fetched);
  if ('finding' in taken) return [taken.finding];
  const tarball = await readTarball(taken.path, unpacked);
  const clockOffsetMs = (await askForNodes(bench.namespace, master.address))?.clockOffsetMs ?? 0;
  const seen = running.map(({ machine, vm }) => {
    const console = vm.console.map(({ text }) => text);
    return { machine, console, isMaster: console.some((line) => READY.test(line)), offAtMs: vm.offAtMs() };
  });
  const peers = seen.filter(({ machine }) => machine !== master.machine);
  const capture = (await readOrUndefined(network.capturePath('lab'))) ?? Buffer.alloc(0);
  return [
    ...findMediaTrouble(seen, tarball),
    ...findPowerTrouble(peers, tarball.ledger, clockOffsetMs),
    ...findSecondMaster(capture, master.machine.nics[0]?.mac ?? ''),
  ];
}

async function findTouched(running: readonly Running[], prepared: readonly PreparedDisk[]): Promise<string[]> {
  const findings: string[] = [];
  for (const { machine, vm } of running) findings.push(...(await findTouchedDisks(machine.name, vm.qmp, prepared)));
  return findings;
}

function failed(what: string, running: readonly Running[]): ReconError {
  const ends = running.map(({ machine, vm }) => `${machine.name} last said:\n${lastConsoleLines(vm.console, 12)}`);
  return new ReconError('lab-failed', [what, ...ends].join('\n'));
}
