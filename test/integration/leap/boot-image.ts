import { join } from 'node:path';
import { findTouchedDisks } from '../../../src/lab/checks/disks-untouched.ts';
import { prepareDisks } from '../../../src/lab/hardware/disk-images.ts';
import { checkHost } from '../../../src/lab/machine/check-host.ts';
import { chooseAccelerator } from '../../../src/lab/machine/choose-accelerator.ts';
import { lastConsoleLines } from '../../../src/lab/machine/console-text.ts';
import { type Bench, startMachine } from '../../../src/lab/machine/start-machine.ts';
import type { VirtualMachine } from '../../../src/lab/machine/virtual-machine.ts';
import { bootMaster, MASTER_ADDRESS, powerDown } from '../../../src/lab/master-machine.ts';
import { createLabNetwork } from '../../../src/lab/network/lab-network.ts';
import { askForNodes } from '../../../src/lab/network/node-list.ts';
import { LAB_PLAN, type LabMachine, MEDIA_MACHINES } from '../../../src/lab/plan/lab-plan.ts';
import { takeTarball, writeStick } from '../../../src/lab/stick/stick.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { addNamespaceAddress } from '../../../src/platform/network/network-namespace.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';

/** Under emulation, on a busy machine. */
const PATIENCE = { timeoutMs: 20 * 60_000, pauseMs: 2000 } as const;

export interface VisitRun {
  /** the master's lines, without escapes */
  console: readonly string[];
  /** what is wrong: records, power, disks */
  findings: readonly string[];
}

/** A machine with one disk that a live system would repair, and a BMC. It boots from the network. */
const [PEER] = MEDIA_MACHINES as readonly [LabMachine, ...LabMachine[]];

/**
 * A virtual machine boots from a stick with this ISO and serves; another one boots from it over the network. Both make their records and go off, and the
 * stick has a tarball. Needs root.
 */
export async function visitFrom(isoPath: string, workDir: string): Promise<VisitRun> {
  await using stack = new AsyncDisposableStack();
  const machines = [LAB_PLAN.master, PEER];
  const ovmf = await checkHost(machines, workDir);
  const socketDir = stack.use(await temporaryDirectory('recon-leap-boot-')).path;
  const accelerator = await chooseAccelerator(workDir, socketDir, ovmf);
  const prepared = await prepareDisks(machines, workDir);
  const stick = await writeStick(isoPath, join(workDir, 'stick.img'));
  const { namespace } = await createLabNetwork(machines, workDir, stack);
  const bench: Bench = { accelerator, ovmf, namespace, workDir, diskDir: workDir, socketDir };
  const boot = { kind: 'stick', path: stick.path } as const;
  const master = stack.use(await bootMaster(bench, { boot }, (line) => console.log(line)));
  // only now: before the master is ready, any frame of ours would be a reason for it not to serve
  await addNamespaceAddress(namespace, 'lab', `${MASTER_ADDRESS.replace(/\d+\.\d+$/, '255.254')}/16`);
  const peer = stack.use(await startMachine(bench, PEER, { kind: 'network' }));
  const arrived = await waitFor(() => haveArrived(bench, { master, peer }), PATIENCE);
  const findings = [
    ...(arrived === true ? [] : [`not both have their record, and the peer is off; it last said:\n${lastConsoleLines(peer.console, 20)}`]),
    ...(await findTouchedDisks(PEER.name, peer.qmp, prepared)),
    ...(await powerDown(master)),
    ...(await findTouchedDisks(LAB_PLAN.master.name, master.qmp, prepared)),
  ];
  await takeTarball(stick, workDir);
  return { console: master.console.map(({ text }) => text), findings };
}

async function haveArrived({ namespace }: Bench, { master, peer }: Record<'master' | 'peer', VirtualMachine>): Promise<true | undefined> {
  master.assertAlive();
  peer.assertAlive();
  const nodes = (await askForNodes(namespace, MASTER_ADDRESS))?.nodes ?? [];
  const done = nodes.filter(({ hasReceipt }) => hasReceipt);
  return done.some(({ isMaster }) => isMaster) && done.some(({ isMaster }) => !isMaster) && peer.offAtMs() !== undefined ? true : undefined;
}
