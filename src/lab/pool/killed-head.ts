import { ReconError } from '../../domain/errors.ts';
import { pause, waitFor } from '../../platform/process/wait-for.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { assign, findUpTrouble } from './boot-nodes.ts';
import type { LabImageVersion } from './folder.ts';
import type { PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

const STAGE_MS = 15 * 60_000;
/** Long enough that what is on its way breaks off. */
const DOWN_MS = 5000;

/** Findings: a node does not come up, with its keys, when the head is killed twice under it: while kernel and ramdisk are on their way, and the root. */
export async function findKilledTrouble(
  lab: PoolLab,
  { node, vm, image }: { node: PoolLabNode; vm: VirtualMachine; image: LabImageVersion },
  say: (text: string) => void,
): Promise<string[]> {
  await assign(lab, node.name, 'compute');
  const [sinceMs, from] = [Date.now(), vm.console.length];
  await vm.qmp.execute('system_reset');
  await vm.waitForLine(/Recon: node-000 boots compute/, STAGE_MS, from);
  await killHead(lab);
  say('killed while kernel and ramdisk are on their way; started again');
  await waitForStage(lab, node.name, 'root-image', sinceMs);
  await killHead(lab);
  say('killed while the root is on its way; started again');
  return findUpTrouble(lab, { node, vm, image, sinceMs, from }, say);
}

async function killHead(lab: PoolLab): Promise<void> {
  await lab.head.kill();
  await pause(DOWN_MS);
  await lab.restartHead();
}

async function waitForStage({ head }: PoolLab, name: string, stage: string, sinceMs: number): Promise<void> {
  const look = async (): Promise<true | undefined> => {
    const { seen } = await head.node(name);
    return seen?.stage?.name === stage && Date.parse(seen.stage.at) > sinceMs ? true : undefined;
  };
  if ((await waitFor(look, { timeoutMs: STAGE_MS, pauseMs: 500 })) !== undefined) return;
  throw new ReconError('lab-failed', `${name} did not get to the stage ${stage}`);
}
