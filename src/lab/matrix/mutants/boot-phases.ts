import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { copySparse, createSparseFile, writeAt } from '../../../platform/machine/disk-image-file.ts';
import type { VirtualMachine } from '../../machine/virtual-machine.ts';
import { NO_CHANGES, writeMatrixInitrd } from '../guest/guest-initrd.ts';
import { stickKernelArguments } from '../machine/command-lines.ts';
import type { MatrixImage } from '../machine/matrix-image.ts';
import { type DiskRequests, type MatrixBench, runMatrix } from '../machine/run-matrix.ts';
import { findSystemVariables } from '../uefi/system-variables.ts';
import { parseVariableStore } from '../uefi/variable-store.ts';
import { findBetween, type Moment, missingFindings } from './phase-findings.ts';
import { phaseScript, phaseWord, turnBytes } from './phase-script.ts';
import { PUT_BACK, TEMPTATIONS, TEMPTING, type Temptation } from './temptations.ts';

/** What came of a guard, or of the counter-test of some. */
export interface GuardResult {
  name: string;
  /** undefined: nothing was taken away, and nothing may be found */
  guard: string | undefined;
  alone: string | undefined;
  findings: readonly string[];
  missing: readonly string[];
}

/** The first one has the whole boot before it. */
const TURN_MS = 60 * 60_000;
/** A kernel that dies, whose last words would go into the firmware. */
const PANIC = ['echo c > /proc/sysrq-trigger'] as const;
const PANICKED = /---\[ end Kernel panic/;

/**
 * Tempts one machine in phases: first with all guards, then with one less each time. `packages` has the drivers and rules that are put back.
 * @throws ReconError `lab-failed` when it does not come to its end
 */
export async function bootPhases(
  bench: MatrixBench,
  { image, packages, phases = TEMPTATIONS }: { image: MatrixImage; packages: string; phases?: readonly Temptation[] },
  say: (line: string) => void,
): Promise<GuardResult[]> {
  const directory = join(bench.workDir, 'phases');
  await makeDirectory(directory);
  const [variablesPath, turnPath] = [join(directory, 'vars.fd'), join(directory, 'turn.img')];
  await copySparse(bench.ovmf.variablesPath, variablesPath);
  await createSparseFile(turnPath, 1024 * 1024);
  const inRoot = phaseScript(phases, PANIC);
  const initrdPath = await writeMatrixInitrd(
    image.initrdPath,
    { ...NO_CHANGES, inInitrd: PUT_BACK, inRoot, trees: { packages } },
    directory,
  );
  const results: GuardResult[] = [];
  let before: Moment = NOTHING;
  await runMatrix(bench, {
    ...{ name: 'phases', variablesPath, isHashed: false, contents: TEMPTING },
    boot: {
      ...{ kind: 'kernel', kernelPath: image.kernelPath, initrdPath, cdPath: image.isoPath, turnPath },
      commandLine: stickKernelArguments(image.manifest).join(' '),
    },
    live: async (vm, look) => {
      for (const [index, phase] of phases.entries()) {
        for (const turn of [2 * index + 1, 2 * index + 2]) {
          const moment = await momentAt(vm, look, turn, join(directory, 'report'));
          if (turn % 2 === 1) results.push(judgePhase(phase, findBetween(before, moment)));
          before = moment;
          await writeAt(turnPath, 0, turnBytes(turn));
        }
        const { guard, findings } = results.at(-1) ?? { guard: undefined, findings: [] };
        say(`${guard === undefined ? 'with its guards' : `without ${guard}`}: ${phase.name}: ${findings.length} findings`);
        for (const one of findings.slice(0, 3)) say(`    ${one.slice(0, 160)}`);
      }
      await vm.waitForLine(PANICKED, TURN_MS);
    },
  });
  const written = findSystemVariables('the machine that died', parseVariableStore(await readFile(variablesPath)));
  // the machine dies behind the last phase
  const [last, dead] = [phases.at(-1), results.pop()];
  return last === undefined || dead === undefined ? results : [...results, judgePhase(last, [...dead.findings, ...written])];
}

async function momentAt(vm: VirtualMachine, look: () => Promise<DiskRequests[]>, turn: number, reportPath: string): Promise<Moment> {
  await vm.waitForLine(phaseWord(turn), TURN_MS);
  return { disks: await look(), reportText: (await readOrUndefined(reportPath))?.toString('utf8') ?? '' };
}

const NOTHING: Moment = { disks: [], reportText: '' };

function judgePhase(phase: Temptation, findings: readonly string[]): GuardResult {
  return {
    ...{ name: phase.name, guard: phase.guard, alone: phase.alone, findings },
    missing: phase.guard === undefined ? findings.map((one) => `it should hold, and ${one}`) : missingFindings(phase, findings),
  };
}
