import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { assign, resetNode } from './boot-nodes.ts';
import { findUnsaid } from './controls.ts';
import type { LabImageVersion } from './folder.ts';
import { BOOTS_DISK } from './loader-words.ts';
import type { PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

/** Findings: a node that is to boot its own disk once does not, or does not come back to its `usual` image by itself. */
export async function findOnceTrouble(
  lab: PoolLab,
  { node, vm, usual }: { node: PoolLabNode; vm: VirtualMachine; usual: LabImageVersion },
  say: (text: string) => void,
): Promise<string[]> {
  const from = vm.console.length;
  await assign(lab, node.name, 'local-disk', true);
  const findings = [...(await findUnsaid(vm, /Recon: node-000 boots local-disk/, 'reset')), ...(await findUnsaid(vm, BOOTS_DISK, from))];
  const { seen, next, once } = await lab.head.node(node.name);
  if (seen?.given !== 'local-disk') findings.push(`${node.name} was given ${seen?.given}, and local-disk was armed for once`);
  if (once !== undefined || next.by === 'once')
    findings.push(`${node.name} would boot ${next.choice} by ${next.by} next: the one-shot is not spent`);
  say(`${node.name} booted its own disk; it is reset`);
  return [...findings, ...(await resetNode(lab, node, vm, usual, say))];
}
