import type { NodeSummary } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { isLater } from '../domain/stages.ts';
import type { NetworkNamespace } from '../platform/network/network-namespace.ts';
import { waitFor } from '../platform/process/wait-for.ts';
import { STAYS_ON } from './checks/power-order.ts';
import { bootAgain, type Resets } from './machine/boot-again.ts';
import { lastConsoleLines } from './machine/console-text.ts';
import type { VirtualMachine } from './machine/virtual-machine.ts';
import { askForNodes, type NodeList } from './network/node-list.ts';
import type { LabMachine } from './plan/lab-plan.ts';
import { describeChanges, describePeer, type SaidSoFar } from './progress.ts';

export interface RunningPeer {
  machine: LabMachine;
  vm: VirtualMachine;
}

/** How the watch ended. */
export interface WatchResult {
  /** the master's clock minus the host's */
  clockOffsetMs: number;
  /** peers that did not come to their end in time */
  unfinished: RunningPeer[];
  /** peers that are done and stay on, because nobody could switch them on again */
  staying: { machine: LabMachine; address: string }[];
}

/** What a watch looks at, and for how long. */
export interface PeerWatch {
  namespace: NetworkNamespace;
  masterAddress: string;
  master: VirtualMachine;
  timeoutMs: number;
  /** of the watches before */
  said: SaidSoFar;
  /** peers that were reset because their firmware had given up; undefined where it has no reason to, under KVM */
  resets: Resets | undefined;
}

/**
 * Watches until at most `underWay` peers are not done: a peer is when it is off, or, without a BMC, when it has a receipt and a word on its console.
 * Says each change.
 * @throws ReconError `infrastructure` when a QEMU ends by itself
 */
export async function watchPeers(
  { said, resets, ...input }: PeerWatch,
  peers: readonly RunningPeer[],
  underWay: number,
  say: (text: string) => void,
): Promise<WatchResult> {
  let list: NodeList | undefined;
  let clockOffsetMs = 0;
  const look = async (): Promise<true | undefined> => {
    for (const vm of [input.master, ...peers.map((peer) => peer.vm)]) vm.assertAlive();
    list = (await askForNodes(input.namespace, input.masterAddress)) ?? list;
    clockOffsetMs = list?.clockOffsetMs ?? clockOffsetMs;
    for (const line of describeChanges(said, statesOf(input.master, peers, list))) say(line);
    if (resets !== undefined) await bootThoseAgain(peers, resets, say);
    return input.master.offAtMs() !== undefined || peers.filter((peer) => !isDone(peer, list)).length <= underWay ? true : undefined;
  };
  await waitFor(look, { timeoutMs: input.timeoutMs, pauseMs: 2000 });
  const staying = peers.flatMap((peer) => {
    const address = peer.vm.offAtMs() === undefined && isDone(peer, list) ? findNode(peer, list)?.address : undefined;
    return address === undefined ? [] : [{ machine: peer.machine, address }];
  });
  return { clockOffsetMs, unfinished: peers.filter((peer) => !isDone(peer, list)), staying };
}

/** Waits until the master has sent a peer its initrd, so that peers do not all compete for the host's processors at once. */
export async function waitUntilUnderWay(
  { namespace, masterAddress, resets }: Pick<PeerWatch, 'namespace' | 'masterAddress' | 'resets'>,
  peer: RunningPeer,
  say: (text: string) => void,
): Promise<void> {
  const look = async (): Promise<true | undefined> => {
    peer.vm.assertAlive();
    if (resets !== undefined) await bootThoseAgain([peer], resets, say);
    const node = findNode(peer, await askForNodes(namespace, masterAddress));
    return node !== undefined && isLater(node.stage, 'kernel') ? true : undefined;
  };
  await waitFor(look, { timeoutMs: UNDER_WAY_MS, pauseMs: 2000 });
}

/**
 * Waits until a peer has asked for its script through iPXE, which says nothing of Secure Boot.
 * @throws ReconError `lab-failed` when it does not, or when GRUB asked
 */
export async function waitForScript(namespace: NetworkNamespace, masterAddress: string, peer: RunningPeer): Promise<NodeSummary> {
  const look = async (): Promise<NodeSummary | undefined> => {
    peer.vm.assertAlive();
    const node = findNode(peer, await askForNodes(namespace, masterAddress));
    return node !== undefined && isLater(node.stage, 'loader') ? node : undefined;
  };
  const node = await waitFor(look, { timeoutMs: SCRIPT_MS, pauseMs: 1000 });
  if (node !== undefined && !/Secure Boot/.test(node.detail ?? '')) return node;
  const said = node === undefined ? 'asked for no script' : `asked as if Secure Boot were on (${node.detail})`;
  throw new ReconError(
    'lab-failed',
    `${peer.machine.name} with Secure Boot off ${said}; its console ends with:\n${lastConsoleLines(peer.vm.console, 12)}`,
  );
}

const SCRIPT_MS = 10 * 60_000;

/** Only a courtesy to slow hosts: a peer that hangs must not keep the others from starting. */
const UNDER_WAY_MS = 3 * 60_000;

function statesOf(master: VirtualMachine, peers: readonly RunningPeer[], list: NodeList | undefined): Map<string, string> {
  const states = new Map(
    peers.map(({ machine, vm }) => [machine.name, describePeer(machine, list?.nodes ?? [], vm.offAtMs() !== undefined)]),
  );
  if (master.offAtMs() !== undefined) states.set(master.name, 'off, although nobody asked it to');
  return states;
}

function isDone({ machine, vm }: RunningPeer, list: NodeList | undefined): boolean {
  if (vm.offAtMs() !== undefined) return true;
  if (machine.bmc !== undefined) return false;
  return findNode({ machine, vm }, list)?.hasReceipt === true && vm.console.some((line) => STAYS_ON.test(line.text));
}

function findNode({ machine }: RunningPeer, list: NodeList | undefined): NodeSummary | undefined {
  return list?.nodes.find((one) => machine.nics.some((nic) => nic.mac === one.mac));
}

async function bootThoseAgain(peers: readonly RunningPeer[], resets: Resets, say: (text: string) => void): Promise<void> {
  for (const { vm } of peers) if (await bootAgain(vm, resets)) say(`${vm.name} has given up the network, and is reset`);
}
