import { temporaryDirectory } from '../../platform/files/files.ts';
import { checkImage, type LabImage } from '../check-image.ts';
import { findTouchedDisks } from '../checks/disks-untouched.ts';
import { findPowerTrouble } from '../checks/power-order.ts';
import { findTarballMismatches } from '../checks/tarball-matches-plan.ts';
import { type PreparedDisk, prepareDisks } from '../hardware/disk-images.ts';
import { checkHost } from '../machine/check-host.ts';
import { lastConsoleLines } from '../machine/console-text.ts';
import { type Bench, startMachine } from '../machine/start-machine.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { bootMaster, MASTER_ADDRESS, powerDown } from '../master-machine.ts';
import { createLabNetwork } from '../network/lab-network.ts';
import { ARM_PLAN } from '../plan/lab-plan.ts';
import { type RehearsalPlace, rehearseIn } from '../rehearse-in.ts';
import { readTarball } from '../stick/read-tarball.ts';
import { type Stick, takeTarball, writeStick } from '../stick/stick.ts';
import { findStickTrouble } from '../stick-afterwards.ts';
import { type RunningPeer, type WatchResult, watchPeers } from '../watch-peers.ts';

export interface ForeignRehearsal extends RehearsalPlace {
  image: Pick<LabImage, 'isoPath' | 'manifestPath'>;
}

const MACHINES = [ARM_PLAN.master, ARM_PLAN.peer] as const;
/** No host here has such a processor: everything is emulated, one machine at a time. */
const READY_MS = 60 * 60_000;
const PEER_MS = 60 * 60_000;
const OFF_MS = 15 * 60_000;

/**
 * A visit with an image for arm64: a master that starts from the stick by UEFI (AAVMF), and a peer that starts from it over the network, both emulated.
 * Needs root.
 * @throws ReconError `lab-failed` with every finding, and what a rehearsal throws beside
 */
export async function rehearseForeign({ workDir, keep, log, image }: ForeignRehearsal): Promise<void> {
  await rehearseIn({ workDir, keep, log }, { stepCount: 6, kept: 'consoles, captures and disks of the rehearsal' }, async (work, step) => {
    await using stack = new AsyncDisposableStack();
    const room = await step('make disks, stick and network', () => setUp(image, work.path, stack));
    const { bench, stick, prepared } = room;
    const boot = { kind: 'stick', path: stick.path } as const;
    const master = stack.use(
      await step('start the master from the stick', (say) => bootMaster(bench, { machine: ARM_PLAN.master, boot, readyMs: READY_MS }, say)),
    );
    const { peer, watched } = await step('start a peer over the network, until it is done', (say) => visit(bench, master, stack, say));
    const findings = watched.unfinished.map(
      ({ machine, vm }) => `${machine.name} did not finish; its console ends with:\n${lastConsoleLines(vm.console, 20)}`,
    );
    findings.push(...(await step('power the master down', () => powerDown(master, OFF_MS))));
    findings.push(
      ...(await step('compare the tarball with the machines', async () =>
        findTrouble(stick, { path: work.path, unpacked: await work.subdirectory('tarball') }, { peer, watched }),
      )),
    );
    findings.push(
      ...(await step('compare the disks, and look at the stick', () => findTouched({ master, peer, prepared, stick }, work.path))),
    );
    return findings;
  });
}

interface ForeignRoom {
  bench: Bench;
  stick: Stick;
  prepared: readonly PreparedDisk[];
}

async function setUp(image: ForeignRehearsal['image'], workDir: string, stack: AsyncDisposableStack): Promise<ForeignRoom> {
  const ovmf = await checkHost(MACHINES, workDir);
  await checkImage(image);
  const socketDir = stack.use(await temporaryDirectory('recon-lab-')).path;
  const prepared = await prepareDisks(MACHINES, workDir);
  const stick = await writeStick(image.isoPath, `${workDir}/stick.img`);
  const { namespace } = await createLabNetwork(MACHINES, workDir, stack);
  return { bench: { accelerator: 'tcg', ovmf, namespace, workDir, diskDir: workDir, socketDir }, stick, prepared };
}

async function visit(
  bench: Bench,
  master: VirtualMachine,
  stack: AsyncDisposableStack,
  say: (text: string) => void,
): Promise<{ peer: RunningPeer; watched: WatchResult }> {
  const vm = stack.use(await startMachine(bench, ARM_PLAN.peer, { kind: 'network' }));
  const peer = { machine: ARM_PLAN.peer, vm };
  const { namespace } = bench;
  const watch = { namespace, masterAddress: MASTER_ADDRESS, master, timeoutMs: PEER_MS, said: new Map(), resets: new Map() };
  const watched = await watchPeers(watch, [peer], 0, say);
  return { peer, watched };
}

async function findTrouble(
  stick: Stick,
  { path, unpacked }: { path: string; unpacked: string },
  { peer, watched }: { peer: RunningPeer; watched: WatchResult },
): Promise<string[]> {
  const tarball = await readTarball(await takeTarball(stick, path), unpacked);
  const power = [{ machine: peer.machine, offAtMs: peer.vm.offAtMs(), console: peer.vm.console.map(({ text }) => text) }];
  return [...findTarballMismatches(MACHINES, tarball), ...findPowerTrouble(power, tarball.ledger, watched.clockOffsetMs)];
}

async function findTouched(
  { master, peer, prepared, stick }: { master: VirtualMachine; peer: RunningPeer; prepared: readonly PreparedDisk[]; stick: Stick },
  workDir: string,
): Promise<string[]> {
  return [
    ...(await findTouchedDisks(ARM_PLAN.master.name, master.qmp, prepared)),
    ...(await findTouchedDisks(ARM_PLAN.peer.name, peer.vm.qmp, prepared)),
    ...(await findStickTrouble(stick, workDir)),
  ];
}
