import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { temporaryDirectory } from '../../platform/files/files.ts';
import { openWorkDirectory, type WorkDirectory } from '../../platform/files/work-directory.ts';
import type { Log } from '../../platform/log.ts';
import { startSteps } from '../../platform/steps.ts';
import type { VmAccelerator } from '../machine/accelerator.ts';
import { checkHost } from '../machine/check-host.ts';
import { chooseAccelerator } from '../machine/choose-accelerator.ts';
import { bootMatrixMaster } from './boot-master.ts';
import { bootMatrixPeer } from './boot-peer.ts';
import { makeMatrixDisks } from './disks/make-matrix-disks.ts';
import type { MatrixImage } from './machine/matrix-image.ts';
import { copyDisks, type MatrixBench } from './machine/run-matrix.ts';
import { bootPhases, type GuardResult } from './mutants/boot-phases.ts';
import { bootSingle, SINGLES } from './mutants/boot-single.ts';
import { unpackTrimmedFiles } from './mutants/package-files.ts';
import { guardTable, resultTable } from './result-table.ts';

export const MATRIX_PARTS = ['peer', 'master', 'guards'] as const;
/** Boots that can be done alone. */
export type MatrixPart = (typeof MATRIX_PARTS)[number];

export interface MatrixOptions {
  image: MatrixImage;
  /** where the build keeps the packages that it installed */
  packageCache: string;
  /** empty or new; removed after success unless `keep` */
  workDir: string;
  keep: boolean;
  /** undefined: all */
  parts?: readonly MatrixPart[];
  /** default: KVM when it works here */
  accel?: VmAccelerator;
  log: Log;
}

type Say = (line: string) => void;

/** What is so when a part found nothing. */
const PROVEN: Record<MatrixPart, string> = {
  peer: 'every disk is as it was',
  master: 'every disk is as it was',
  guards: 'every guard that was taken away was missed',
};

/**
 * Boots the image with 24 kinds of disks on five kinds of bus, as a peer and as a master, and looks from outside at what became of each; then
 * takes the guards away one by one, and must see it.
 * @throws ReconError `lab-failed` with each finding, `infrastructure` when a QEMU was ended by somebody else, `host-unfit`, `not-root`,
 * `not-found` without the packages of the build, `disk-full`, `not-writable`
 */
export async function rehearseMatrix({ log, ...options }: MatrixOptions): Promise<void> {
  const work = await openWorkDirectory(options.workDir);
  const parts = options.parts ?? MATRIX_PARTS;
  const { step, elapsed } = startSteps({ log, total: 3 + parts.length });
  try {
    await using sockets = await temporaryDirectory('recon-matrix-');
    const ovmf = await step('check this host', () => checkHost([], work.path));
    const accelerator = await step('choose an accelerator', async () => options.accel ?? chooseAccelerator(work.path, sockets.path, ovmf));
    const bench: MatrixBench = await step('make disks that must not be touched', async () => {
      const pristine = await makeMatrixDisks(options.image.isoPath, await work.subdirectory('disks'));
      await copyDisks({ pristine, workDir: work.path });
      return { accelerator, ovmf, workDir: work.path, socketDir: sockets.path, pristine };
    });
    const run: Record<MatrixPart, () => Promise<string[]>> = {
      peer: () => step('boot a peer with all disks, and let it deliver its record', (say) => bootOne('peer', bench, options, say)),
      master: () => step('boot a master with all disks, from its stick under UEFI', (say) => bootOne('master', bench, options, say)),
      guards: () => step('take the guards away, one by one', (say) => tryGuards(bench, options, work, say)),
    };
    const findings: string[] = [];
    for (const part of parts) findings.push(...(await run[part]()));
    if (findings.length > 0) throw new ReconError('lab-failed', `it was found:\n${findings.map((one) => `  - ${one}`).join('\n')}`);
  } catch (error) {
    log.warn(`disks, logs of writes and consoles are kept in ${work.path}`);
    throw error;
  }
  log.info(`${[...new Set(parts.map((part) => PROVEN[part]))].join(', and ')}, in ${elapsed()}`);
  if (!options.keep) await work.remove();
}

async function bootOne(name: 'peer' | 'master', bench: MatrixBench, { image }: Pick<MatrixOptions, 'image'>, say: Say): Promise<string[]> {
  const { outcome, findings } = await (name === 'peer' ? bootMatrixPeer(bench, image, say) : bootMatrixMaster(bench, image, say));
  for (const line of resultTable({ [name]: outcome.traces })) say(line);
  say(findings.length === 0 ? `${outcome.traces.length} disks, none was touched` : `${findings.length} findings`);
  return findings.map((one) => `${name}: ${one}`);
}

async function tryGuards(
  bench: MatrixBench,
  { image, packageCache }: Pick<MatrixOptions, 'image' | 'packageCache'>,
  work: WorkDirectory,
  say: Say,
): Promise<string[]> {
  const packages = join(await work.subdirectory('packages'), 'tree');
  await unpackTrimmedFiles(packageCache, packages);
  const results: GuardResult[] = await bootPhases(bench, { image, packages }, say);
  for (const single of SINGLES) results.push(await bootSingle(bench, { image, single }));
  for (const line of guardTable(results)) say(line);
  const mutants = results.filter(({ guard }) => guard !== undefined);
  say(`${mutants.filter(({ missing }) => missing.length === 0).length} of ${mutants.length} guards that were taken away were missed`);
  return results.flatMap(({ name, guard, missing }) => missing.map((one) => `${guard === undefined ? name : `without ${guard}`}: ${one}`));
}
