import type { VirtualMachine } from '../machine/virtual-machine.ts';
import type { LabImageVersion } from './folder.ts';
import { findNodeTrouble, lookInside, waitUntilUp } from './node-machine.ts';
import type { PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

type Say = (text: string) => void;

/** Switches a node on and looks what it runs; it stays on. */
export async function bootNode(
  lab: PoolLab,
  node: PoolLabNode,
  image: LabImageVersion,
  say: Say,
  run = '',
): Promise<{ vm: VirtualMachine; findings: string[] }> {
  const sinceMs = Date.now();
  const vm = await lab.powerOn(node, run);
  return { vm, findings: await findUpTrouble(lab, { node, vm, image, sinceMs, from: 0 }, say) };
}

/** Presses the reset button of a node and looks what it runs then. */
export async function resetNode(lab: PoolLab, node: PoolLabNode, vm: VirtualMachine, image: LabImageVersion, say: Say): Promise<string[]> {
  const [sinceMs, from] = [Date.now(), vm.console.length];
  await vm.qmp.execute('system_reset');
  return findUpTrouble(lab, { node, vm, image, sinceMs, from }, say);
}

/** Waits until a node is up, and looks what it runs. `from`: a line of its console; `sinceMs`: when it began, in the host's time. */
export async function findUpTrouble(
  { head, room, folder }: PoolLab,
  { node, vm, image, sinceMs, from }: { node: PoolLabNode; vm: VirtualMachine; image: LabImageVersion; sinceMs: number; from: number },
  say: Say,
): Promise<string[]> {
  const seen = await waitUntilUp(head, node, vm, { sinceMs, from });
  say(`${node.name} is up with ${seen.runs ?? 'something'} after ${Math.round((Date.now() - sinceMs) / 1000)} s`);
  const inside = await lookInside(room.head, folder.keyPath, node).catch((error: unknown) => {
    vm.assertAlive();
    throw error;
  });
  say(`${inside.name}: ${inside.image}, ${inside.release}, ${inside.availableMiB} MiB of ${node.memoryMiB} available`);
  return findNodeTrouble(node, image, seen, inside);
}

/** Says what nodes boot from now on, or once, as a click does. */
export async function assign({ head }: Pick<PoolLab, 'head'>, selector: string, boot: string, once = false): Promise<void> {
  await head.change('POST', '/assignments', { selector, boot, ...(once ? { once } : {}) });
}
