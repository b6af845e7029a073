import { addNamespaceAddress } from '../platform/network/network-namespace.ts';
import { findTouchedDisks } from './checks/disks-untouched.ts';
import { findPowerTrouble } from './checks/power-order.ts';
import { openSealedTarball } from './checks/sealed-tarball.ts';
import { findTarballMismatches } from './checks/tarball-matches-plan.ts';
import { lastConsoleLines } from './machine/console-text.ts';
import { type Bench, startMachine } from './machine/start-machine.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { MASTER_ADDRESS } from './master-machine.ts';
import { LAB_PLAN, type LabMachine } from './plan/lab-plan.ts';
import type { LabSetUp } from './set-up.ts';
import type { TarballContent } from './stick/read-tarball.ts';
import { takeTarball } from './stick/stick.ts';
import { findCollectorTrouble, findLoginTrouble, findOfferFenceTrouble } from './stick/stick-settings.ts';
import { type PeerWatch, type RunningPeer, type WatchResult, waitForScript, waitUntilUnderWay, watchPeers } from './watch-peers.ts';

/** A master that serves, its peers, and how they came to their end. */
export interface LabVisit {
  readonly master: VirtualMachine;
  readonly peers: readonly RunningPeer[];
  readonly watched: WatchResult;
}

const PEERS_MS = 20 * 60_000;

/**
 * Emulated peers at work at the same time. Their clocks go on while they wait for one of the host's two processors: with more of them the
 * firmware of one gave up the network before it was answered, and nothing was there any more that would try again.
 */
const TOGETHER = 2;

/** Switches the peers on, one after the other, and watches until each is done. They end with `stack`. */
export async function bootPeers(
  { bench }: Pick<LabSetUp, 'bench'>,
  master: VirtualMachine,
  stack: AsyncDisposableStack,
  say: (text: string) => void,
): Promise<LabVisit> {
  const { namespace } = bench;
  const isEmulated = bench.accelerator === 'tcg';
  const watch: PeerWatch = {
    ...{ namespace, masterAddress: MASTER_ADDRESS, master, timeoutMs: PEERS_MS, said: new Map() },
    resets: isEmulated ? new Map() : undefined,
  };
  // only now: before the master is ready, any frame of ours would be a reason for it not to serve
  await addNamespaceAddress(namespace, 'lab', `${MASTER_ADDRESS.replace(/\d+\.\d+$/, '255.254')}/16`);
  const peers: RunningPeer[] = [];
  for (const machine of LAB_PLAN.peers) {
    if (isEmulated) await watchPeers(watch, peers, TOGETHER - 1, say);
    if (machine.name === 'peer-uefi') await bootWithoutSecureBoot(bench, machine, say);
    const peer = { machine, vm: stack.use(await startMachine(bench, machine, { kind: 'network' })) };
    peers.push(peer);
    say(`${machine.name} is switched on`);
    await waitUntilUnderWay(watch, peer, say);
  }
  const watched = await watchPeers(watch, peers, 0, say);
  return { master, peers, watched };
}

/** The same machine with Secure Boot off, whose GRUB goes on to iPXE; as far as its script, because from there on it is as any other. */
async function bootWithoutSecureBoot(bench: Bench, machine: LabMachine, say: (text: string) => void): Promise<void> {
  const peer = { machine, vm: await startMachine(bench, { ...machine, secureBoot: false }, { kind: 'network' }, { run: '-off' }) };
  await using _ended = peer.vm;
  const { detail } = await waitForScript(bench.namespace, MASTER_ADDRESS, peer);
  say(`${machine.name}, with Secure Boot off, has a script: ${detail}`);
}

/** Findings: peers that did not come to their end, machines that the operator cannot log in to, and a master whose offers nothing keeps apart. */
export async function findPeerTrouble(
  { watched }: Pick<LabVisit, 'watched'>,
  { bench, settings }: Pick<LabSetUp, 'bench' | 'settings'>,
): Promise<string[]> {
  const findings = watched.unfinished.map(
    ({ machine, vm }) => `${machine.name} did not finish; its console ends with:\n${lastConsoleLines(vm.console, 12)}`,
  );
  for (const { machine, address } of [{ machine: LAB_PLAN.master, address: MASTER_ADDRESS }, ...watched.staying])
    findings.push(...(await findLoginTrouble(machine.name, address, bench.namespace, settings)));
  findings.push(...(await findOfferFenceTrouble(MASTER_ADDRESS, bench.namespace, settings)));
  return findings;
}

/** Findings about the disks of all machines of the visit. */
export async function findDisksTouchedIn({ master, peers }: LabVisit, prepared: LabSetUp['prepared']): Promise<string[]> {
  const touched = [await findTouchedDisks(LAB_PLAN.master.name, master.qmp, prepared)];
  for (const { machine, vm } of peers) touched.push(await findTouchedDisks(machine.name, vm.qmp, prepared));
  return touched.flat();
}

/** The tarball that the visit has left on the stick, and what is wrong with it. */
export async function takeVisitTarball(
  { stick, work, settings, machines }: Pick<LabSetUp, 'stick' | 'work' | 'settings' | 'machines'>,
  { master, peers, watched }: LabVisit,
): Promise<{ tarball: TarballContent; findings: string[] }> {
  const { identityPath } = settings;
  const opening = { identityPath, console: master.console, directory: await work.subdirectory('tarball') };
  const tarball = await openSealedTarball(await takeTarball(stick, work.path), opening);
  const power = peers.map(({ machine, vm }) => ({ machine, offAtMs: vm.offAtMs(), console: vm.console.map((line) => line.text) }));
  return {
    tarball,
    findings: [
      ...findTarballMismatches(machines, tarball),
      ...findCollectorTrouble(tarball, settings),
      ...findPowerTrouble(power, tarball.ledger, watched.clockOffsetMs),
    ],
  };
}

/** Ends their QEMUs, so that nobody holds what they had. */
export async function endMachines({ master, peers }: LabVisit): Promise<void> {
  for (const { vm } of peers) await vm[Symbol.asyncDispose]();
  await master[Symbol.asyncDispose]();
}
