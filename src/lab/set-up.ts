import { join } from 'node:path';
import { temporaryDirectory } from '../platform/files/files.ts';
import type { WorkDirectory } from '../platform/files/work-directory.ts';
import type { Log } from '../platform/log.ts';
import type { Steps } from '../platform/steps.ts';
import { checkImage, type LabImage } from './check-image.ts';
import { type PreparedDisk, prepareDisks } from './hardware/disk-images.ts';
import type { VmAccelerator } from './machine/accelerator.ts';
import { checkHost } from './machine/check-host.ts';
import { chooseAccelerator } from './machine/choose-accelerator.ts';
import type { Bench } from './machine/start-machine.ts';
import { type PreparedTpm, prepareTpms } from './machine/tpm-untouched.ts';
import { createLabNetwork, type LabNetwork } from './network/lab-network.ts';
import { describeHardware } from './plan/describe-hardware.ts';
import { CONTROL_MACHINE, LAB_PLAN, type LabMachine } from './plan/lab-plan.ts';
import { type Stick, writeStick } from './stick/stick.ts';
import { type StickSettings, writeStickSettings } from './stick/stick-settings.ts';

/** What a rehearsal takes place in. Nothing of it is changed by a later step. */
export interface LabSetUp {
  readonly image: LabImage;
  /** the image was built with a key, whose other half is not here */
  readonly isEncrypted: boolean;
  readonly work: WorkDirectory;
  /** master and peers */
  readonly machines: readonly LabMachine[];
  readonly bench: Bench;
  readonly prepared: readonly PreparedDisk[];
  readonly tpms: readonly PreparedTpm[];
  readonly stick: Stick;
  readonly settings: StickSettings;
  readonly network: LabNetwork;
}

export interface LabInput {
  image: LabImage;
  /** undefined: KVM when it works here */
  accel: VmAccelerator | undefined;
  work: WorkDirectory;
}

/** How a rehearsal says what it does, and what ends with it. */
export interface LabRun {
  step: Steps['step'];
  log: Log;
  stack: AsyncDisposableStack;
}

const ACCELERATOR_WORDS = { kvm: 'KVM', tcg: "QEMU's emulation, which takes about a quarter of an hour on two cores" } as const;

/**
 * Makes disks, stick, network and TPMs; no machine is on yet. What it starts ends with `stack`.
 * @throws ReconError `not-root`, `host-unfit`, `disk-full`, `not-an-image`, `hash-mismatch`
 */
export async function setUpLab({ image, accel, work }: LabInput, { step, log, stack }: LabRun): Promise<LabSetUp> {
  const machines: readonly LabMachine[] = [LAB_PLAN.master, ...LAB_PLAN.peers];
  const workDir = work.path;
  const ovmf = await step('check this host', () => checkHost(machines, workDir));
  const { encryptTo } = await step('check the image', () => checkImage(image));
  const socketDir = stack.use(await temporaryDirectory('recon-lab-')).path;
  const accelerator = await step('choose an accelerator', async () => accel ?? chooseAccelerator(workDir, socketDir, ovmf));
  log.info(`        the machines run with ${ACCELERATOR_WORDS[accelerator]}`);
  const diskDir = await work.subdirectory('disks');
  const prepared = await step('make disks that must not be touched', () => prepareDisks([...machines, CONTROL_MACHINE], diskDir));
  const stick = await step('write the stick', () => writeStick(image.isoPath, join(diskDir, 'stick.img')));
  const settings = await step('write settings and a collector to the stick', () => writeStickSettings(stick, machines.length, diskDir));
  const network = await step('lay cables, start a foreign DHCP server', () => createLabNetwork(machines, workDir, stack));
  const bench: Bench = { accelerator, ovmf, namespace: network.namespace, workDir, diskDir, socketDir };
  const tpms = await step('make TPMs that must not be touched', () => prepareTpms(machines, bench));
  for (const machine of machines) log.info(`        ${machine.name}: ${describeHardware(machine)}`);
  return { image, isEncrypted: encryptTo !== undefined, work, machines, bench, prepared, tpms, stick, settings, network };
}
