import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { temporaryDirectory } from '../../platform/files/files.ts';
import { hashImage, resizeFile } from '../../platform/machine/disk-image-file.ts';
import { checkImage, type LabImage } from '../check-image.ts';
import { findTouchedDisks } from '../checks/disks-untouched.ts';
import { type PreparedDisk, prepareDisks } from '../hardware/disk-images.ts';
import type { VmAccelerator } from '../machine/accelerator.ts';
import { checkHost } from '../machine/check-host.ts';
import { chooseAccelerator } from '../machine/choose-accelerator.ts';
import type { Bench } from '../machine/start-machine.ts';
import { bootMaster, powerDown } from '../master-machine.ts';
import { createLabNetwork } from '../network/lab-network.ts';
import { LAB_PLAN } from '../plan/lab-plan.ts';
import { type RehearsalPlace, rehearseIn } from '../rehearse-in.ts';
import { type Stick, writeStick } from '../stick/stick.ts';
import { findWrittenFirmware } from '../written-firmware.ts';
import { installByTalk } from './install-by-talk.ts';
import { startByUefi, UEFI_STARTS } from './start-by-uefi.ts';

export interface InstallRehearsal extends RehearsalPlace {
  image: Pick<LabImage, 'isoPath' | 'manifestPath'>;
  /** the ISO whose menu installs by itself */
  installIsoPath: string;
  accel?: VmAccelerator;
}

const MACHINE = LAB_PLAN.master;
/** One that is labelled as our own data partition, and that the stick is copied to. */
const CHOSEN = MACHINE.disks.find(({ fixture }) => fixture === 'vfat-recondata') ?? MACHINE.disks[0];
const CHOSEN_BYTES = 2 * 1024 ** 3;
const WORDS = { stepCount: 7 + UEFI_STARTS.length, kept: 'consoles and disks of the rehearsal' } as const;
const IN_RAM = /no data partition|kept in RAM/i;

/**
 * A machine with three disks, installed to one of them over its serial console, and started from that one as a master: by BIOS until it serves, and by
 * UEFI with and without Secure Boot as far as these differ. Needs root.
 * @throws ReconError `lab-failed` with every finding, and what a rehearsal throws beside
 */
export async function rehearseInstall({ workDir, keep, log, ...input }: InstallRehearsal): Promise<void> {
  await rehearseIn({ workDir, keep, log }, WORDS, async (work, step) => {
    await using stack = new AsyncDisposableStack();
    const room = await step('make disks, stick and network', () => setUp({ ...input, workDir: work.path }, stack));
    const findings = await step('start the stick that installs, and say which disk', (say) =>
      installByTalk({ ...room, machine: MACHINE }, say),
    );
    findings.push(...(await step('compare stick and disks', () => findChanged(room))));
    const master = stack.use(
      await step('start the machine from that disk, without the stick', (say) =>
        bootMaster(room.bench, { boot: { kind: 'disk', id: room.chosen.id }, run: '-installed' }, say),
      ),
    );
    if (master.console.some(({ text }) => IN_RAM.test(text)))
      findings.push('the master on the disk does not write to the data partition of the disk');
    findings.push(...(await step('power it down', () => powerDown(master))));
    findings.push(...(await step('compare the other disks', () => findTouchedDisks(MACHINE.name, master.qmp, room.others))));
    // QEMU has the disk until it ends, and the next one wants it
    await master[Symbol.asyncDispose]();
    for (const start of UEFI_STARTS) {
      const how = `start it by UEFI, ${start.secureBoot ? 'with' : 'without'} Secure Boot`;
      findings.push(...(await step(how, (say) => startByUefi({ ...room, machine: MACHINE }, start, say))));
    }
    const withKeys = room.bench.ovmf.secure?.variablesPath;
    findings.push(...(await step("compare the firmware's keys", () => findWrittenFirmware(work.path, withKeys))));
    return findings;
  });
}

/** What the machine is installed in. */
interface InstallRoom {
  bench: Bench;
  stick: Stick;
  stickSha256: string;
  chosen: PreparedDisk['disk'];
  others: readonly PreparedDisk[];
}

async function setUp(
  { image, installIsoPath, accel, workDir }: Pick<InstallRehearsal, 'image' | 'installIsoPath' | 'workDir'> & { accel?: VmAccelerator },
  stack: AsyncDisposableStack,
): Promise<InstallRoom> {
  const ovmf = await checkHost([{ ...MACHINE, secureBoot: true }], workDir);
  await checkImage(image);
  const socketDir = stack.use(await temporaryDirectory('recon-lab-')).path;
  const accelerator = accel ?? (await chooseAccelerator(workDir, socketDir, ovmf));
  const prepared = await prepareDisks([MACHINE], workDir);
  const chosen = prepared.find(({ disk }) => disk === CHOSEN);
  if (chosen === undefined) throw new ReconError('infrastructure', 'the plan has no disk to install to');
  await resizeFile(chosen.path, CHOSEN_BYTES);
  const stick = await writeStick(installIsoPath, join(workDir, 'stick.img'));
  const { namespace } = await createLabNetwork([MACHINE], workDir, stack);
  return {
    ...{ bench: { accelerator, ovmf, namespace, workDir, diskDir: workDir, socketDir }, stick, stickSha256: await hashImage(stick.path) },
    ...{ chosen: chosen.disk, others: prepared.filter((one) => one !== chosen) },
  };
}

async function findChanged({ stick, stickSha256, others }: InstallRoom): Promise<string[]> {
  const findings: string[] = [];
  if ((await hashImage(stick.path)) !== stickSha256) findings.push('the stick has changed');
  for (const { disk, path, sha256 } of others)
    if ((await hashImage(path)) !== sha256) findings.push(`the content of ${disk.serial} has changed`);
  return findings;
}
