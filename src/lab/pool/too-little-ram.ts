import { waitFor } from '../../platform/process/wait-for.ts';
import { assign, resetNode } from './boot-nodes.ts';
import { findUnsaid } from './controls.ts';
import type { HeadProcess, SeenNode } from './head-process.ts';
import { BOOTS_DISK } from './loader-words.ts';
import { NEW_CARD, type PoolLabNode } from './plan.ts';
import type { PoolLab } from './set-up-pool.ts';

const SMALL_MIB = 128;
const VERDICT_MS = 2 * 60_000;

/**
 * Findings about a node with too little RAM. What an image says of its needs is enough to spare it the image; where that is unstated, the ramdisk
 * finds out. Either way it says so, the head has the verdict, and it does not go round in circles. Failsafe comes up there, with ssh.
 */
export async function findSmallTrouble(lab: PoolLab, node: PoolLabNode, say: (text: string) => void): Promise<string[]> {
  await assign(lab, node.name, 'unstated');
  const small = { ...node, mac: NEW_CARD, memoryMiB: SMALL_MIB };
  await using vm = await lab.powerOn(small, '-small');
  const findings = await findUnsaid(vm, /recon: too little RAM: \d+ MiB/, 0);
  findings.push(...(await findVerdictTrouble(lab.head, node.name)));
  say('its ramdisk says so, and the head');
  if (vm.events.some(({ name }) => name === 'RESET')) findings.push(`${node.name} has reset itself after it found too little RAM`);
  await assign(lab, node.name, 'compute');
  const from = vm.console.length;
  findings.push(...(await findUnsaid(vm, new RegExp(`cannot boot what was chosen for it: it has ${SMALL_MIB} MiB of RAM`), 'reset')));
  findings.push(...(await findUnsaid(vm, BOOTS_DISK, from)), ...(await findVerdictTrouble(lab.head, node.name)));
  const { seen } = await lab.head.node(node.name);
  if (seen?.given !== 'local-disk') findings.push(`${node.name} has too little RAM for compute, and was given ${seen?.given}`);
  say('its script says so before anything is sent; failsafe is for such machines');
  await assign(lab, node.name, 'failsafe');
  return [...findings, ...(await resetNode(lab, small, vm, lab.folder.failsafe, say))];
}

async function findVerdictTrouble(head: Pick<HeadProcess, 'node'>, name: string): Promise<string[]> {
  const look = async (): Promise<NonNullable<SeenNode['seen']>['problem']> => {
    const problem = (await head.node(name)).seen?.problem;
    return problem?.isOfLastBoot === true ? problem : undefined;
  };
  const problem = await waitFor(look, { timeoutMs: VERDICT_MS, pauseMs: 1000 });
  if (problem?.code === 'too-little-ram') return [];
  return [`${name}: the head's verdict is ${problem?.code ?? 'missing'}, and should be too-little-ram`];
}
