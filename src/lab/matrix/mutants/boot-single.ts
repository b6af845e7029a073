import { join } from 'node:path';
import { makeDirectory } from '../../../platform/files/directories.ts';
import type { MatrixContent } from '../disks/matrix-disks.ts';
import { findSystemTrouble } from '../findings/boot-trouble.ts';
import { findWrittenDisks } from '../findings/written-disks.ts';
import { NO_CHANGES, writeMatrixInitrd } from '../guest/guest-initrd.ts';
import { REPORTED } from '../guest/report-script.ts';
import { stickKernelArguments } from '../machine/command-lines.ts';
import { type MatrixBench, runMatrix } from '../machine/run-matrix.ts';
import type { GuardResult, MutantImage } from './boot-phases.ts';
import { changedArguments } from './changed-arguments.ts';
import { missingFindings } from './phase-findings.ts';
import { RESUME } from './phases.ts';

/** A guard that works only at the start of the kernel or in the initrd, and so needs a boot of its own. */
interface Single {
  name: string;
  guard?: string;
  alone?: string;
  hasStick: boolean;
  removeArguments: readonly string[];
  addArguments: readonly string[];
  inRoot: readonly string[];
  end: RegExp;
  contents: readonly MatrixContent[];
  expected?: { written?: MatrixContent; words: readonly RegExp[] };
}

const STOPPED_OR_UP = new RegExp(`recon: Nothing was written to this machine|${REPORTED}`);
const IMPATIENT = ['rd.retry=20'] as const;

/** The counter-test of the first is in the phases: with both arguments the kernel refuses to look for a hibernated system. */
export const SINGLES: readonly Single[] = [
  {
    name: 'a hibernated system',
    guard: 'noresume nohibernate',
    alone: 'that the initrd has no resume module',
    ...{ hasStick: true, removeArguments: ['noresume', 'nohibernate'], addArguments: [], inRoot: RESUME, end: new RegExp(REPORTED) },
    contents: ['swap-suspended'],
    expected: { written: 'swap-suspended', words: [/write to a disk that is set read-only/] },
  },
  {
    name: 'a machine whose stick is away, with a clone on an internal disk',
    ...{ hasStick: false, removeArguments: [], addArguments: IMPATIENT, inRoot: [], end: STOPPED_OR_UP },
    contents: ['stick-clone'],
  },
  {
    name: 'a machine whose stick is away',
    guard: 'a stick only on USB or as an optical medium',
    ...{ hasStick: false, removeArguments: [], addArguments: [...IMPATIENT, 'recon.medium=disk'], inRoot: [], end: STOPPED_OR_UP },
    contents: ['stick-clone'],
    expected: { words: [/AHCI\) is mounted on/] },
  },
];

const END_MS = 30 * 60_000;

/** Boots a machine with one guard less, or with all for a counter-test. */
export async function bootSingle(bench: MatrixBench, { image, single }: { image: MutantImage; single: Single }): Promise<GuardResult> {
  const name = `single-${SINGLES.indexOf(single) + 1}`;
  const directory = join(bench.workDir, name);
  await makeDirectory(directory);
  const inRoot = [...single.inRoot, `sh /run/recon-matrix/report.sh`];
  const initrdPath = await writeMatrixInitrd(image.initrdPath, { ...NO_CHANGES, inRoot }, directory);
  const outcome = await runMatrix(bench, {
    ...{ name, isHashed: false, contents: single.contents },
    boot: {
      ...{ kind: 'kernel', kernelPath: image.kernelPath, initrdPath },
      ...(single.hasStick ? { cdPath: image.isoPath } : {}),
      commandLine: changedArguments(stickKernelArguments(image.manifest), single).join(' '),
    },
    live: async (vm) => void (await vm.waitForLine(single.end, END_MS)),
  });
  const findings = [...findWrittenDisks(outcome.traces), ...findSystemTrouble(outcome)];
  const { guard, alone } = single;
  return {
    ...{ name: single.name, guard, alone, findings },
    missing: guard === undefined ? findings.map((one) => `it should hold, and ${one}`) : missingFindings(single, findings),
  };
}
