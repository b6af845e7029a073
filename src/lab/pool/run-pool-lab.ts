import { ReconError } from '../../domain/errors.ts';
import { openWorkDirectory } from '../../platform/files/work-directory.ts';
import type { Log } from '../../platform/log.ts';
import { pause } from '../../platform/process/wait-for.ts';
import { startSteps } from '../../platform/steps.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import type { LabRun } from '../set-up.ts';
import { assign, bootNode, resetNode } from './boot-nodes.ts';
import { findForeignTrouble, findOddKernel, findSidesTrouble, findTokenTrouble, findUnsaid } from './controls.ts';
import { findLoaderTrouble } from './loader-words.ts';
import { waitUntilUp } from './node-machine.ts';
import { NODES, type PoolLabNode } from './plan.ts';
import { type PoolLab, type PoolLabInput, setUpPool } from './set-up-pool.ts';

export interface PoolLabOptions extends Omit<PoolLabInput, 'work'> {
  /** empty or new; removed after success unless `keep` */
  workDir: string;
  keep: boolean;
  /** one node and the controls that need no second boot of it */
  isShort: boolean;
  log: Log;
}

const STEP_COUNT = { short: 10, long: 18 } as const;
type Look = (title: string, work: (say: (text: string) => void) => Promise<string[]>) => Promise<void>;

/**
 * The rehearsal of the boot pool: a head node, and diskless machines that boot from it, in network namespaces of their own. Needs root.
 * @throws ReconError `lab-failed` with every finding, `not-found` without images, `host-unfit`, `not-root`, `disk-full`, `infrastructure`
 */
export async function runPoolLab({ workDir, keep, isShort, log, ...input }: PoolLabOptions): Promise<void> {
  const work = await openWorkDirectory(workDir);
  const { step, elapsed } = startSteps({ log, total: isShort ? STEP_COUNT.short : STEP_COUNT.long });
  const findings: string[] = [];
  const look: Look = async (title, check) => void findings.push(...(await step(title, check)));
  try {
    await using stack = new AsyncDisposableStack();
    const lab = await setUpPool({ ...input, work }, { step, log, stack });
    await (isShort ? rehearseShort : rehearse)(lab, look, { step });
    if (findings.length > 0) throw new ReconError('lab-failed', `the rehearsal found:\n${findings.map((one) => `  - ${one}`).join('\n')}`);
  } catch (error) {
    log.warn(`consoles and the head's folders are kept in ${work.path}`);
    throw error;
  }
  log.info(`the rehearsal of the pool passed in ${elapsed()}`);
  if (!keep) await work.remove();
}

type Run = Pick<LabRun, 'step'>;

async function rehearseShort(lab: PoolLab, look: Look, { step }: Run): Promise<void> {
  const { failsafe } = lab.folder;
  await look('ask on both sides of the head', () => findSidesTrouble(lab));
  await assign(lab, NODES.bios.name, 'failsafe');
  const vm = await step('boot node-000 (BIOS, iPXE in its card): failsafe', async (say) =>
    booted(await bootNode(lab, NODES.bios, failsafe, say), look),
  );
  await look('control: a token that is used twice freezes the files', () => findTokenTrouble(lab, NODES.bios));
  await look('control: a kernel of another release is refused', () => findOddKernel(lab, NODES.bios, vm));
  await look('what iPXE says to the other kinds of profile', (say) => findLoaderTrouble(lab, NODES.bios, vm, say));
}

/** All steps, in their order. */
async function rehearse(lab: PoolLab, look: Look, { step }: Run): Promise<void> {
  const { bios, uefi } = NODES;
  const { compute, failsafe } = lab.folder;
  await look('ask on both sides of the head', () => findSidesTrouble(lab));
  const first = await step('boot node-000 (BIOS, iPXE in its card): compute', async (say) =>
    booted(await bootNode(lab, bios, compute, say), look),
  );
  const second = await step('boot node-001 (UEFI, snponly.efi): failsafe', async (say) =>
    booted(await bootNode(lab, uefi, failsafe, say), look),
  );
  await assign(lab, bios.name, 'failsafe');
  await assign(lab, uefi.name, 'compute');
  await look('swap the two, and press reset: node-000 runs failsafe', (say) => resetNode(lab, bios, first, failsafe, say));
  await look('node-001 runs compute', (say) => resetNode(lab, uefi, second, compute, say));
  await second[Symbol.asyncDispose]();
  await look('control: a token that is used twice freezes the files', () => findTokenTrouble(lab, bios));
  await look('once local-disk, and back', () => findOnceTrouble(lab, bios, first));
  await look('the head is killed while node-000 boots', (say) => findKilledTrouble(lab, bios, first, say));
  await look('control: a kernel of another release is refused', () => findOddKernel(lab, bios, first));
  await look('what iPXE says to the other kinds of profile', (say) => findLoaderTrouble(lab, bios, first, say));
  await first[Symbol.asyncDispose]();
  await look('a replaced card is the same node', (say) => findReplacedTrouble(lab, bios, say));
  await look('a node with too little RAM says so', () => findSmallTrouble(lab, bios));
  await look('control: a foreign DHCP server silences ours', () => findForeignTrouble(lab));
}

async function booted({ vm, findings }: { vm: VirtualMachine; findings: string[] }, look: Look): Promise<VirtualMachine> {
  if (findings.length > 0) await look('what it runs', async () => findings);
  return vm;
}

/** The machine has no disk, so its firmware finds nothing; what counts is which script it was given, and that the next one is the usual one. */
async function findOnceTrouble(lab: PoolLab, node: PoolLabNode, vm: VirtualMachine): Promise<string[]> {
  await assign(lab, node.name, 'local-disk', true);
  const findings = await findUnsaid(vm, /Recon: node-000 boots local-disk/, 'reset');
  const { seen, next } = await lab.head.node(node.name);
  if (seen?.given !== 'local-disk') findings.push(`${node.name} was given ${seen?.given}, and local-disk was armed for once`);
  if (next.choice !== 'failsafe' || next.by === 'once')
    findings.push(`${node.name} would boot ${next.choice} by ${next.by} next: the one-shot is not spent`);
  return findings;
}

async function findKilledTrouble(lab: PoolLab, node: PoolLabNode, vm: VirtualMachine, say: (text: string) => void): Promise<string[]> {
  await assign(lab, node.name, 'compute');
  const [sinceMs, from] = [Date.now(), vm.console.length];
  await vm.qmp.execute('system_reset');
  await vm.waitForLine(/recon: \S+ has 10\.10\.0\.10/, 15 * 60_000, from);
  await lab.head.kill();
  say('killed while the root is on its way');
  await pause(5000);
  await lab.restartHead();
  const seen = await waitUntilUp(lab.head, node, vm, { sinceMs, from });
  return seen.runs?.startsWith('compute') === true ? [] : [`${node.name} runs ${seen.runs} after the head was killed, and not compute`];
}

async function findReplacedTrouble(lab: PoolLab, node: PoolLabNode, say: (text: string) => void): Promise<string[]> {
  const card = '52:54:00:66:00:05';
  await assign(lab, node.name, 'failsafe');
  await lab.head.change('POST', `/nodes/${node.name}/replace-nic`, { old: node.mac, new: card });
  const { vm, findings } = await bootNode(lab, { ...node, mac: card }, lab.folder.failsafe, say, '-replaced');
  await vm[Symbol.asyncDispose]();
  return findings;
}

async function findSmallTrouble(lab: PoolLab, node: PoolLabNode): Promise<string[]> {
  await assign(lab, node.name, 'compute');
  const vm = await lab.powerOn({ ...node, mac: '52:54:00:66:00:05', memoryMiB: 128 }, '-small');
  const findings = await findUnsaid(vm, /recon: too little RAM: \d+ MiB/, 0);
  await vm[Symbol.asyncDispose]();
  return findings;
}
