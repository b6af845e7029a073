import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchTarball } from '../../../src/lab/boot-from-cd.ts';
import { STAYS_ON } from '../../../src/lab/checks/power-order.ts';
import { prepareDisks } from '../../../src/lab/hardware/disk-images.ts';
import { checkHost } from '../../../src/lab/machine/check-host.ts';
import { chooseAccelerator } from '../../../src/lab/machine/choose-accelerator.ts';
import { type Bench, startMachine } from '../../../src/lab/machine/start-machine.ts';
import type { VirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';
import { bootMaster, MASTER_ADDRESS } from '../../../src/lab/master-machine.ts';
import { createLabNetwork } from '../../../src/lab/network/lab-network.ts';
import { askForNodes } from '../../../src/lab/network/node-list.ts';
import { labDimms, labDisk, labNic } from '../../../src/lab/plan/lab-hardware.ts';
import { LAB_PLAN, type LabMachine } from '../../../src/lab/plan/lab-plan.ts';
import { readTarball, type TarballContent } from '../../../src/lab/stick/read-tarball.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { addNamespaceAddress } from '../../../src/platform/network/network-namespace.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';

const PEER_MS = 15 * 60_000;
const PAUSE_MS = 1000;

export interface PeerEnd {
  /** a verdict, or `a receipt` */
  words: string;
  console: VirtualMachine['console'];
}

/** A master of an image as a CD, and a network for these peers. */
export interface PeerRoom extends AsyncDisposable {
  /** switches a peer on, waits for its end, and switches it off */
  run(peer: LabMachine): Promise<PeerEnd>;
  tarball(): Promise<TarballContent>;
  clockOffsetMs(): Promise<number>;
}

/** @throws ReconError `host-unfit`, `lab-failed` when the master does not get ready */
export async function openPeerRoom(isoPath: string, peers: readonly LabMachine[]): Promise<PeerRoom> {
  await using opening = new AsyncDisposableStack();
  const { path } = opening.use(await temporaryDirectory('recon-bench-'));
  const machines = [LAB_PLAN.master, ...peers];
  // one after the other or two at a time, so not the memory of all of them
  const ovmf = await checkHost(machines.slice(0, 3), path);
  await prepareDisks(machines, path);
  const { namespace } = await createLabNetwork(machines, path, opening);
  const bench: Bench = {
    ...{ accelerator: await chooseAccelerator(path, path, ovmf), ovmf, namespace, workDir: path, diskDir: path, socketDir: path },
  };
  const master = opening.use(await bootMaster(bench, { boot: { kind: 'cd', path: isoPath } }, () => {}));
  await addNamespaceAddress(namespace, 'lab', `${MASTER_ADDRESS.replace(/\d+\.\d+$/, '255.254')}/16`);
  const parts = opening.move();
  return {
    run: (peer) => runPeer(bench, master, peer),
    tarball: async () => {
      const taken = await fetchTarball({ vm: master, address: MASTER_ADDRESS }, namespace, path);
      if ('finding' in taken) throw new Error(taken.finding);
      return readTarball(taken.path, await mkdtemp(join(path, 'tarball-')));
    },
    clockOffsetMs: async () => (await askForNodes(namespace, MASTER_ADDRESS))?.clockOffsetMs ?? 0,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** A machine without a BMC, with one disk; `number` from 1 to 9 tells it from others. */
export function plainPeer(number: number, firmware: LabMachine['firmware'], memoryMiB: number): LabMachine {
  return {
    ...{ name: `${firmware}-${memoryMiB}-${number}`, role: 'peer', firmware, memoryMiB },
    identity: {
      ...{ vendor: 'Rehearsal Works', product: `Plain ${memoryMiB}`, serial: `RPLN000${number}`, assetTag: `RPTG000${number}` },
      uuid: `52454841-5253-414c-9000-00000000000${number}`,
      boardSerial: `RPBD000${number}`,
      chassisSerial: `RPCH000${number}`,
    },
    dimms: labDimms(number, [memoryMiB]),
    nics: [labNic(number, 0, 'virtio-net-pci@lab')],
    disks: [labDisk(number, 0, 'ext4-crashed@ahci')],
  };
}

async function runPeer(bench: Bench, master: VirtualMachine, machine: LabMachine): Promise<PeerEnd> {
  await using vm = await startMachine(bench, machine, { kind: 'network' });
  const look = async (): Promise<string | undefined> => {
    master.assertAlive();
    if (vm.console.some(({ text }) => /Kernel panic|System is deadlocked on memory/.test(text))) return 'its kernel gave up';
    const nodes = (await askForNodes(bench.namespace, MASTER_ADDRESS))?.nodes;
    const node = nodes?.find(({ mac }) => mac === machine.nics[0]?.mac);
    if (node?.verdict !== undefined && !node.hasReceipt) return node.verdict.sentence;
    return node?.hasReceipt === true && vm.console.some(({ text }) => STAYS_ON.test(text)) ? 'a receipt' : undefined;
  };
  const words = (await waitFor(look, { timeoutMs: PEER_MS, pauseMs: PAUSE_MS })) ?? 'no end within a quarter of an hour';
  return { words, console: vm.console };
}
