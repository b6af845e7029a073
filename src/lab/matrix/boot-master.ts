import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { copySparse } from '../../platform/machine/disk-image-file.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { writeStick } from '../stick/stick.ts';
import { findKernelWords } from './findings/kernel-words.ts';
import { judgeStickWrites } from './findings/stick-writes.ts';
import { findUnreadDisks, findWrittenDisks } from './findings/written-disks.ts';
import type { MatrixImage } from './machine/matrix-image.ts';
import { type MatrixBench, type MatrixOutcome, runMatrix } from './machine/run-matrix.ts';
import { compareVariables } from './uefi/changed-variables.ts';
import { parseVariableStore } from './uefi/variable-store.ts';

const LOADING = /Loading the (kernel|initrd)|Linux version/;
const READY = /recon master: ready/i;
const STORED = /is DONE: its record is stored/;
const SAFE_TO_PULL = /safe to pull the stick/i;
const START_MS = 40 * 60_000;
const OFF_MS = 15 * 60_000;

/**
 * A master with all disks, from its stick under UEFI: it takes its own inventory, and is switched off by its button. The firmware makes its
 * variables at the first boot of a machine; that one ends at the stick's menu, so that only what the real boot changes is compared.
 */
export async function bootMatrixMaster(
  bench: MatrixBench,
  image: Pick<MatrixImage, 'isoPath'>,
  say: (line: string) => void,
): Promise<{ outcome: MatrixOutcome; findings: string[] }> {
  const directory = join(bench.workDir, 'master');
  await makeDirectory(directory);
  const stick = await writeStick(image.isoPath, join(directory, 'stick.img'));
  const variablesPath = join(directory, 'vars.fd');
  await copySparse(bench.ovmf.variablesPath, variablesPath);
  const boot = { kind: 'stick', path: stick.path, logPath: join(directory, 'stick.log') } as const;
  const begin = async (vm: VirtualMachine): Promise<void> => void (await vm.waitForLine(LOADING, START_MS));
  await runMatrix(bench, { name: 'firmware', boot, variablesPath, isHashed: false, live: begin });
  const before = parseVariableStore(await readFile(variablesPath));
  say(`the firmware has made ${before.size} variables`);
  const outcome = await runMatrix(bench, { name: 'master', boot, variablesPath, isHashed: true, live: (vm) => live(vm, say) });
  const variables = compareVariables(before, parseVariableStore(await readFile(variablesPath)));
  say(`${variables.compared} UEFI variables are compared, ${variables.allowed.length} changed as they may`);
  for (const one of variables.allowed) say(one);
  const writes = judgeStickWrites(outcome.stickRequests, stick.data);
  say(
    `${writes.inside} writes to the stick lie in sectors ${writes.firstSector} to ${writes.lastSector}, ${writes.findings.length} outside`,
  );
  return {
    outcome,
    findings: [
      ...findWrittenDisks(outcome.traces),
      ...findUnreadDisks(outcome.traces),
      ...findKernelWords(outcome.console, []),
      ...variables.findings,
      ...writes.findings,
      ...(writes.inside === 0 ? ['nothing was written to the stick: its log proves nothing'] : []),
      ...(outcome.console.some((line) => SAFE_TO_PULL.test(line)) ? [] : ['the master did not say that it is safe to pull the stick']),
    ],
  };
}

async function live(vm: VirtualMachine, say: (line: string) => void): Promise<void> {
  await vm.waitForLine(READY, START_MS);
  say('the master is ready');
  await vm.waitForLine(STORED, START_MS);
  await vm.qmp.execute('system_powerdown');
  await vm.waitForOff(OFF_MS);
}
