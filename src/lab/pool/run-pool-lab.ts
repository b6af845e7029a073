import { findChromium } from '../../platform/process/chromium.ts';
import { findTouchedDisks } from '../checks/disks-untouched.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { type RehearsalPlace, rehearseIn } from '../rehearse-in.ts';
import type { LabRun } from '../set-up.ts';
import { assign, bootNode, resetNode } from './boot-nodes.ts';
import { findForeignTrouble, findOddKernel, findSidesTrouble, findTokenTrouble } from './controls.ts';
import { findKilledTrouble } from './killed-head.ts';
import { findLoaderTrouble } from './loader-words.ts';
import { findOnceTrouble } from './once-local-disk.ts';
import { NODES } from './plan.ts';
import { findReplacedTrouble } from './replaced-card.ts';
import { findFormTrouble } from './root-forms.ts';
import { type PoolLab, type PoolLabInput, setUpPool } from './set-up-pool.ts';
import { chooseInBrowser } from './swap-in-browser.ts';
import { findSmallTrouble } from './too-little-ram.ts';

export interface PoolLabOptions extends Omit<PoolLabInput, 'work'>, RehearsalPlace {}

const STEP_COUNT = { short: 11, long: 20, forms: 8, server: 11 } as const;
type Look = (title: string, work: (say: (text: string) => void) => Promise<string[]>) => Promise<void>;

/**
 * The rehearsal of the boot pool: a head node, and diskless machines that boot from it, in network namespaces of their own. Needs root.
 * @throws ReconError `lab-failed` with every finding, `not-found` without images, `host-unfit`, `not-root`, `disk-full`, `infrastructure`
 */
export async function runPoolLab({ workDir, keep, log, ...input }: PoolLabOptions): Promise<void> {
  const { play } = input;
  // not after an hour of boots
  if (play === 'long') await findChromium();
  const words = { stepCount: STEP_COUNT[play], kept: "consoles and the head's folders", name: 'the rehearsal of the pool' };
  await rehearseIn({ workDir, keep, log }, words, async (work, step) => {
    const findings: string[] = [];
    const look: Look = async (title, check) => void findings.push(...(await step(title, check)));
    await using stack = new AsyncDisposableStack();
    const lab = await setUpPool({ ...input, work }, { step, log, stack });
    await PLAYS[play](lab, look, { step });
    return findings;
  });
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
  await look('nobody has written to the disk of node-000', () => findTouchedDisks(NODES.bios.name, vm.qmp, lab.disks));
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
  const swapped = [
    [bios.name, 'failsafe'],
    [uefi.name, 'compute'],
  ] as const;
  await step('swap the two, with clicks in a browser on the public side', () => chooseInBrowser(lab, swapped));
  await look('press reset: node-000 runs failsafe', (say) => resetNode(lab, bios, first, failsafe, say));
  await look('node-001 runs compute', (say) => resetNode(lab, uefi, second, compute, say));
  await second[Symbol.asyncDispose]();
  await look('control: a token that is used twice freezes the files', () => findTokenTrouble(lab, bios));
  await look('once local-disk, and back', (say) => findOnceTrouble(lab, { node: bios, vm: first, usual: failsafe }, say));
  await look('the head is killed twice while node-000 boots', (say) =>
    findKilledTrouble(lab, { node: bios, vm: first, image: compute }, say),
  );
  await look('control: a kernel of another release is refused', () => findOddKernel(lab, bios, first));
  await look('what iPXE says to the other kinds of profile', (say) => findLoaderTrouble(lab, bios, first, say));
  await look('nobody has written to the disk of node-000', () => findTouchedDisks(bios.name, first.qmp, lab.disks));
  await first[Symbol.asyncDispose]();
  await look('a replaced card is the same node, once a person says so', (say) => findReplacedTrouble(lab, bios, say));
  await look('a node with too little RAM says so', (say) => findSmallTrouble(lab, bios, say));
  await look('control: a foreign DHCP server silences ours', () => findForeignTrouble(lab));
}

/** Of a server that is a machine of its own: it serves as it was installed, and goes on after a power cut. */
async function rehearseServer(lab: PoolLab, look: Look, { step }: Run): Promise<void> {
  const { failsafe } = lab.folder;
  await look('ask on both sides of the head', () => findSidesTrouble(lab));
  await assign(lab, NODES.bios.name, 'failsafe');
  const vm = await step('boot node-000 (BIOS, iPXE in its card): failsafe', async (say) =>
    booted(await bootNode(lab, NODES.bios, failsafe, say), look),
  );
  await look('after a power cut of the server node-000 boots again', async (say) => {
    await lab.head.kill();
    await lab.restartHead();
    say('the server is back');
    return resetNode(lab, NODES.bios, vm, failsafe, say);
  });
}

/** Of compute with another form of root. */
async function rehearseForms(lab: PoolLab, look: Look): Promise<void> {
  const { unpacked, embedded } = lab.forms ?? {};
  if (unpacked === undefined || embedded === undefined) return;
  await look('boot node-000 with root: tmpfs, fetched and unpacked', (say) => findFormTrouble(lab, ['unpacked', unpacked], say));
  await look('boot node-000 with its root out of its ramdisk', (say) => findFormTrouble(lab, ['embedded', embedded], say));
}

const PLAYS = { short: rehearseShort, long: rehearse, forms: rehearseForms, server: rehearseServer };

async function booted({ vm, findings }: { vm: VirtualMachine; findings: string[] }, look: Look): Promise<VirtualMachine> {
  if (findings.length > 0) await look('what it runs', async () => findings);
  return vm;
}
