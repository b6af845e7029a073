import { join } from 'node:path';
import { fetchTarball } from '../../src/lab/boot-from-cd.ts';
import { STAYS_ON } from '../../src/lab/checks/power-order.ts';
import { prepareDisks } from '../../src/lab/hardware/disk-images.ts';
import { checkHost } from '../../src/lab/machine/check-host.ts';
import { chooseAccelerator } from '../../src/lab/machine/choose-accelerator.ts';
import { type Bench, startMachine } from '../../src/lab/machine/start-machine.ts';
import type { VirtualMachine } from '../../src/lab/machine/virtual-machine.ts';
import { bootMaster, MASTER_ADDRESS } from '../../src/lab/master-machine.ts';
import { createLabNetwork } from '../../src/lab/network/lab-network.ts';
import { askForNodes } from '../../src/lab/network/node-list.ts';
import { labDimms, labDisk, labNic } from '../../src/lab/plan/lab-hardware.ts';
import { LAB_PLAN, type LabMachine } from '../../src/lab/plan/lab-plan.ts';
import { readTarball, type TarballContent } from '../../src/lab/stick/read-tarball.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { addNamespaceAddress, type NetworkNamespace } from '../../src/platform/network/network-namespace.ts';
import { waitFor } from '../../src/platform/process/wait-for.ts';

/**
 * The least RAM with which a peer gives a whole record, on BIOS and UEFI, in virtual machines: the image of RECON_ISO= as a CD in the master, and peers of the
 * sizes of RECON_PEER_MEMORY= in MiB, at most four, two at a time. A record is whole when it has the sections of the roomiest machine of its firmware, and no
 * command ran into its time limit, which on a machine without enough memory is what programs do that are read and unpacked again and again.
 */
const iso = process.env['RECON_ISO'];
const SIZES_MIB = (process.env['RECON_PEER_MEMORY'] ?? '768,384,352,320').split(',').map(Number).slice(0, 4);
const FIRMWARES = ['bios', 'uefi'] as const;
const PEER_MS = 15 * 60_000;
const PAUSE_MS = 2000;
const GOAL_MIB = 384;

if (iso === undefined) process.stdout.write('least RAM of a peer: name an ISO image with RECON_ISO=\n');
else await printFloors(iso);

async function printFloors(isoPath: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryDirectory('recon-bench-'));
  const peers = SIZES_MIB.map((mib, turn) =>
    FIRMWARES.map((firmware, index) => smallPeer(1 + turn * FIRMWARES.length + index, firmware, mib)),
  );
  const machines = [LAB_PLAN.master, ...peers.flat()];
  const ovmf = await checkHost([LAB_PLAN.master, ...(peers[0] ?? [])], path);
  await prepareDisks(machines, path);
  const { namespace } = await createLabNetwork(machines, path, stack);
  const accelerator = await chooseAccelerator(path, path, ovmf);
  const bench: Bench = { accelerator, ovmf, namespace, workDir: path, diskDir: path, socketDir: path };
  const master = stack.use(await bootMaster(bench, { boot: { kind: 'cd', path: isoPath } }, () => {}));
  await addNamespaceAddress(namespace, 'lab', `${MASTER_ADDRESS.replace(/\d+\.\d+$/, '255.254')}/16`);
  const ends = new Map<string, string>();
  for (const pair of peers) await Promise.all(pair.map(async (machine) => ends.set(machine.name, await endOf(bench, master, machine))));
  const taken = await fetchTarball(master, namespace, path);
  if ('finding' in taken) throw new Error(taken.finding);
  const tarball = await readTarball(taken.path, join(path, 'tarball'));
  for (const firmware of FIRMWARES)
    printFloor(
      firmware,
      peers.flat().filter((one) => one.firmware === firmware),
      { tarball, ends },
    );
}

function smallPeer(number: number, firmware: LabMachine['firmware'], memoryMiB: number): LabMachine {
  return {
    ...{ name: `${firmware}-${memoryMiB}`, role: 'peer', firmware, memoryMiB },
    identity: {
      ...{ vendor: 'Rehearsal Works', product: `Small ${memoryMiB}`, serial: `RSML000${number}`, assetTag: `RSTG000${number}` },
      uuid: `52454841-5253-414c-9000-00000000000${number}`,
      boardSerial: `RSBD000${number}`,
      chassisSerial: `RSCH000${number}`,
    },
    dimms: labDimms(number, [memoryMiB]),
    nics: [labNic(number, 0, 'virtio-net-pci@lab')],
    disks: [labDisk(number, 0, 'ext4-crashed@ahci')],
  };
}

/** How a peer ended, in words, or `a receipt`. */
async function endOf(bench: Bench, master: VirtualMachine, machine: LabMachine): Promise<string> {
  await using vm = await startMachine(bench, machine, { kind: 'network' });
  const look = async (): Promise<string | undefined> => {
    master.assertAlive();
    if (vm.console.some(({ text }) => /Kernel panic|System is deadlocked on memory/.test(text))) return 'its kernel gave up';
    const node = await nodeOf(bench.namespace, machine);
    if (node?.verdict !== undefined && !node.hasReceipt) return node.verdict.sentence;
    return node?.hasReceipt === true && vm.console.some(({ text }) => STAYS_ON.test(text)) ? 'a receipt' : undefined;
  };
  return (await waitFor(look, { timeoutMs: PEER_MS, pauseMs: PAUSE_MS })) ?? 'no end within a quarter of an hour';
}

async function nodeOf(namespace: NetworkNamespace, machine: LabMachine) {
  return (await askForNodes(namespace, MASTER_ADDRESS))?.nodes.find(({ mac }) => mac === machine.nics[0]?.mac);
}

function printFloor(
  firmware: string,
  machines: readonly LabMachine[],
  { tarball, ends }: { tarball: TarballContent; ends: Map<string, string> },
): void {
  const whole = sectionsOf(machines[0], tarball);
  let floorMib = Number.NaN;
  let isHeld = true;
  for (const machine of machines) {
    const late = lateCommands(machine, tarball);
    const missing = [...whole].filter((one) => !sectionsOf(machine, tarball).has(one));
    const isWhole = ends.get(machine.name) === 'a receipt' && late.length === 0 && missing.length === 0;
    isHeld &&= isWhole;
    if (isHeld) floorMib = machine.memoryMiB;
    const said = isWhole
      ? 'a whole record'
      : [ends.get(machine.name), ...missing.map((one) => `no ${one}`), ...late.map((one) => `${one} ran into its time limit`)].join(', ');
    process.stdout.write(`  ${firmware}, ${machine.memoryMiB} MiB: ${said}\n`);
  }
  process.stdout.write(`least RAM of a peer with ${firmware}: ${floorMib} MiB of ${SIZES_MIB.join(', ')} (bar ${GOAL_MIB})\n`);
}

function recordOf(machine: LabMachine | undefined, { nodes }: TarballContent) {
  const record = nodes.get(machine?.nics[0]?.mac ?? '00:00:00:00:00:00');
  return record?.origin === undefined ? record : undefined;
}

function sectionsOf(machine: LabMachine | undefined, tarball: TarballContent): Set<string> {
  const sections = Object.entries(recordOf(machine, tarball)?.sections ?? {});
  return new Set(sections.filter(([, section]) => (section as { status?: string }).status === 'ok').map(([name]) => name));
}

function lateCommands(machine: LabMachine, tarball: TarballContent): string[] {
  return (recordOf(machine, tarball)?.collectors ?? []).filter(({ status }) => status === 'timeout').map(({ id }) => id);
}
