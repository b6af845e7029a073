import { join } from 'node:path';
import { makeDirectory } from '../../../platform/files/directories.ts';
import type { MatrixContent } from '../disks/matrix-disks.ts';
import { findSystemTrouble } from '../findings/boot-trouble.ts';
import { findWrittenDisks } from '../findings/written-disks.ts';
import { NO_CHANGES, writeMatrixInitrd } from '../guest/guest-initrd.ts';
import { FOLDER, REPORTED, sayOnConsole } from '../guest/report-script.ts';
import { stickKernelArguments } from '../machine/command-lines.ts';
import type { MatrixImage } from '../machine/matrix-image.ts';
import { type MatrixBench, runMatrix } from '../machine/run-matrix.ts';
import type { GuardResult } from './boot-phases.ts';
import { changedArguments } from './changed-arguments.ts';
import { missingFindings } from './phase-findings.ts';
import { RESUME } from './temptations.ts';

/** A guard that works only at the start of the kernel or in the initrd, and so needs a boot of its own. */
interface Single {
  name: string;
  guard?: string;
  alone?: string;
  removeArguments: readonly string[];
  addArguments: readonly string[];
  /** lines of shell in the initrd, as soon as all disks are there; missing: the live system is let begin, and reports */
  inInitrd?: readonly string[];
  end: RegExp;
  contents: readonly MatrixContent[];
  expected?: { written?: MatrixContent; words: readonly RegExp[] };
}

const TEMPTED = 'recon-matrix: tempted';
/** A hook of dracut; where a resume module has its own. */
const HOOK = 'var/lib/dracut/hooks/initqueue/settled/50-recon-matrix.sh';
const STOPPED_OR_UP = new RegExp(`recon: Nothing was written to this machine|${REPORTED}`);
const IMPATIENT = ['rd.retry=20'] as const;

/** None of them has the stick. The counter-test of the first is in the phases: with both arguments the kernel refuses to look for a hibernated system. */
export const SINGLES: readonly Single[] = [
  {
    name: 'a hibernated system',
    guard: 'noresume nohibernate',
    alone: 'that the initrd has no resume module',
    ...{
      removeArguments: ['noresume', 'nohibernate'],
      addArguments: [],
      inInitrd: [...RESUME, sayOnConsole(TEMPTED)],
      end: new RegExp(TEMPTED),
    },
    contents: ['swap-suspended'],
    expected: { written: 'swap-suspended', words: [/write to a disk that is set read-only/] },
  },
  {
    name: 'a machine whose stick is away, with a clone on an internal disk',
    ...{ removeArguments: [], addArguments: IMPATIENT, end: STOPPED_OR_UP },
    contents: ['stick-clone'],
  },
  {
    name: 'a machine whose stick is away',
    guard: 'a stick only on USB or as an optical medium',
    ...{ removeArguments: ['recon.medium=stick'], addArguments: [...IMPATIENT, 'recon.medium=disk'], end: STOPPED_OR_UP },
    contents: ['stick-clone'],
    expected: { words: [/AHCI\) is mounted on/] },
  },
];

/** lsblk asks udev for serial numbers, and udev begins anew in the live system. */
const AFTER_UDEV = ['udevadm trigger --subsystem-match=block --action=add', 'udevadm settle --timeout=300'] as const;

const END_MS = 30 * 60_000;

/** Boots a machine with one guard less, or with all for a counter-test. */
export async function bootSingle(bench: MatrixBench, { image, single }: { image: MatrixImage; single: Single }): Promise<GuardResult> {
  const name = `single-${SINGLES.indexOf(single) + 1}`;
  const directory = join(bench.workDir, name);
  await makeDirectory(directory);
  const initrdFiles = single.inInitrd === undefined ? NO_CHANGES.initrdFiles : { [HOOK]: `${single.inInitrd.join('\n')}\n` };
  const changes = { ...NO_CHANGES, initrdFiles, inRoot: [...AFTER_UDEV, `sh /run/${FOLDER}/report.sh`] };
  const initrdPath = await writeMatrixInitrd(image.initrdPath, changes, directory);
  const outcome = await runMatrix(bench, {
    ...{ name, isHashed: false, contents: single.contents },
    boot: {
      ...{ kind: 'kernel', kernelPath: image.kernelPath, initrdPath },
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
