import { join } from 'node:path';
import { DATA_LABEL } from '../domain/image.ts';
import { bootFromCd } from './boot-from-cd.ts';
import type { LabImage } from './check-image.ts';
import { askOnForeignSegment, findForeignAnswers } from './foreign-segment.ts';
import type { VmAccelerator } from './machine/accelerator.ts';
import { findTouchedTpms } from './machine/tpm-untouched.ts';
import { bootMaster, powerDown } from './master-machine.ts';
import { runControl } from './negative-control.ts';
import { tellPeerTimes } from './peer-times.ts';
import { findUnrefused } from './refused-loader.ts';
import { type RehearsalPlace, rehearseIn } from './rehearse-in.ts';
import { visitAgain } from './second-visit.ts';
import { type LabInput, type LabRun, type LabSetUp, setUpLab } from './set-up.ts';
import { findStickTrouble } from './stick-afterwards.ts';
import { bootPeers, endMachines, findDisksTouchedIn, findPeerTrouble, takeVisitTarball } from './visit.ts';
import { findWrittenFirmware } from './written-firmware.ts';
import { findControlTrouble, findLosses, SHORT_PLAN } from './yank/find-losses.ts';

export interface LabOptions extends RehearsalPlace {
  image: LabImage;
  /** default: KVM when it works here */
  accel?: VmAccelerator;
  /** short: one visit, without other ways to start the stick and without pulling it */
  play?: LabPlay;
}

export type LabPlay = 'whole' | 'short';
const STEP_COUNT = { whole: 23, short: 18 } as const;

/**
 * The rehearsal: a data center of virtual machines in a network namespace of its own, run from the stick to the tarball and
 * checked from outside. Needs root; touches neither the host's network nor its disks.
 * @throws ReconError `lab-failed` with every finding, `infrastructure` when a QEMU was ended by somebody else, `host-unfit`,
 * `not-root`, `disk-full`, `not-writable`, `not-an-image`, `hash-mismatch`
 */
export async function runLab({ image, accel, play = 'whole', ...place }: LabOptions): Promise<void> {
  const { log } = place;
  const words = { stepCount: STEP_COUNT[play], kept: 'consoles, captures and disks of the rehearsal' };
  await rehearseIn(place, words, async (work, step) => rehearse({ image, accel, work, play }, { step, log }));
}

/** All steps, in their order. Gives what was found wrong. */
async function rehearse({ play, ...input }: LabInput & { play: LabPlay }, { step, log }: Omit<LabRun, 'stack'>): Promise<string[]> {
  const findings: string[] = [];
  const look: Look = async (title, work) => void findings.push(...(await step(title, work)));

  await using stack = new AsyncDisposableStack();
  const lab = await setUpLab(input, { step, log, stack });
  const { bench, network, stick } = lab;
  const boot = { kind: 'stick', path: stick.path } as const;
  const master = stack.use(await step('boot the master from the stick (BIOS)', (say) => bootMaster(bench, { boot }, say)));
  await look('ask for an address on the foreign segment', () => askOnForeignSegment(network));
  const visit = await step('boot the peers from the network', (say) => bootPeers(lab, master, stack, say));
  findings.push(...(await findPeerTrouble(visit, lab)));
  await look('ask on the foreign segment again', () => askOnForeignSegment(network));
  await look('power the master down', () => powerDown(master));
  await look('compare disks and write counters', () => findDisksTouchedIn(visit, lab.prepared));
  const taken = await step('decrypt the tarball, compare its code with the screen, and it with the machines', () =>
    takeVisitTarball(lab, visit),
  );
  findings.push(...taken.findings);
  const times = await tellPeerTimes(visit, taken.tarball, lab.work);
  await endMachines(visit);
  await look('compare the TPMs', () => findTouchedTpms(lab.tpms));
  if (play === 'whole') {
    await look('boot the same stick under Secure Boot, and let it clear what can be read', (say) => visitAgain(lab, taken.tarball, say));
    await look('boot the image from a CD, which cannot be written', (say) => bootFromCd(lab, say));
  }
  await look(`look for writes to the stick outside ${DATA_LABEL} and to UEFI variables, and for foreign DHCP answers`, async () => [
    ...(await findStickTrouble(stick, bench.diskDir)),
    ...(await findWrittenFirmware(bench.workDir, bench.ovmf.secure?.variablesPath)),
    ...(await findForeignAnswers(network)),
  ]);
  if (play === 'whole') await look('control: changed loaders must be refused under Secure Boot', (say) => findUnrefused(lab, say));
  await look('control: a machine without protection must be caught', (say) => runControl(lab, say));
  if (play === 'whole') await pullStick(lab, input.image, look);
  for (const line of times) log.info(line);
  return findings;
}

type Look = (title: string, work: (say: (text: string) => void) => Promise<string[]>) => Promise<void>;

async function pullStick({ bench }: Pick<LabSetUp, 'bench'>, image: LabImage, look: Look): Promise<void> {
  const yankBench = { ...bench, image, workDir: join(bench.workDir, 'yank') };
  await look(`pull the stick out of a master ${SHORT_PLAN.yanks} times`, (say) => findLosses(yankBench, SHORT_PLAN, say));
  await look('control: a master that does not sync must be caught', (say) => findControlTrouble(yankBench, say));
}
