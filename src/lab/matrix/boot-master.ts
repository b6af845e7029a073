import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { copySparse, readImageHead } from '../../platform/machine/disk-image-file.ts';
import { runOk } from '../../platform/process/command.ts';
import type { VirtualMachine } from '../machine/virtual-machine.ts';
import { readStick, type Stick, takeTarball, writeStick } from '../stick/stick.ts';
import { findMissingDisks } from './boot-peer.ts';
import { findBootTrouble } from './findings/boot-trouble.ts';
import { findOtherTableChanges, judgeStickWrites } from './findings/stick-writes.ts';
import { findWrittenDisks } from './findings/written-disks.ts';
import { NO_CHANGES, writeMatrixInitrd } from './guest/guest-initrd.ts';
import { stickKernelArguments } from './machine/command-lines.ts';
import type { MatrixImage } from './machine/matrix-image.ts';
import { type MatrixBench, type MatrixOutcome, runMatrix } from './machine/run-matrix.ts';
import { compareVariables } from './uefi/changed-variables.ts';
import { findSystemVariables } from './uefi/system-variables.ts';
import { parseVariableStore } from './uefi/variable-store.ts';

const KERNEL_RUNS = /Linux version/;
const READY = /recon master: ready/i;
const STORED = /is DONE: its record is stored/;
const SAFE_TO_PULL = /safe to pull the stick/i;
/** Room for RECONDATA to grow: then the matrix also sees what growing writes, and where. */
const SPARE_BYTES = 2 * 1024 ** 3;
const START_MS = 40 * 60_000;
const OFF_MS = 15 * 60_000;

/**
 * A master with all disks and its stick, under UEFI: it takes its own inventory, serves, and is switched off by its button. The firmware of a new
 * machine makes its variables at its first boot; that one goes by the stick's own loader, which looks for the stick among all disks, and ends when
 * the kernel runs. What the second boot changes is compared.
 */
export async function bootMatrixMaster(
  bench: MatrixBench,
  image: MatrixImage,
  say: (line: string) => void,
): Promise<{ outcome: MatrixOutcome; findings: string[] }> {
  const directory = join(bench.workDir, 'master');
  await makeDirectory(directory);
  const written = await writeStick(image.isoPath, join(directory, 'stick.img'), SPARE_BYTES);
  const stick = { path: written.path, logPath: join(directory, 'stick.log') };
  const variablesPath = join(directory, 'vars.fd');
  await copySparse(bench.ovmf.variablesPath, variablesPath);
  const variables = async () => parseVariableStore(await readFile(variablesPath));
  const first = await runMatrix(bench, {
    ...{ name: 'loader', boot: { kind: 'stick', stick }, variablesPath, isHashed: false },
    live: async (vm) => void (await vm.waitForLine(KERNEL_RUNS, START_MS)),
  });
  const before = await variables();
  say(`the stick's loader has started the kernel; the firmware has ${before.size} variables`);
  const initrdPath = await writeMatrixInitrd(image.initrdPath, NO_CHANGES, directory);
  const commandLine = stickKernelArguments(image.manifest).join(' ');
  const outcome = await runMatrix(bench, {
    ...{ name: 'master', variablesPath, isHashed: true },
    boot: { kind: 'kernel', kernelPath: image.kernelPath, initrdPath, commandLine, stick },
    live: (vm) => live(vm, say),
  });
  const changes = compareVariables(before, await variables());
  say(`${changes.compared} UEFI variables are compared, ${changes.allowed.length} changed as they may`);
  for (const one of changes.allowed) say(one);
  const grown = await readStick(written);
  const tables = [await readImageHead(image.isoPath, 512), await readImageHead(written.path, 512)] as const;
  const writes = judgeStickWrites([...first.stickRequests, ...outcome.stickRequests], written.data, grown.data);
  say(
    `${writes.inside} writes to the stick lie in sectors ${writes.firstSector} to ${writes.lastSector}, ${writes.findings.length} outside`,
  );
  return {
    outcome,
    findings: [
      ...findWrittenDisks(first.traces).map((one) => `by firmware or loader: ${one}`),
      ...findBootTrouble(outcome),
      ...findSystemVariables('the first boot', before),
      ...changes.findings,
      ...(image.manifest.encryptTo === undefined ? findMissingDisks(await recordsIn(grown, directory)) : []),
      ...writes.findings,
      ...findOtherTableChanges(...tables, grown.data),
      ...(grown.data.sizeBytes > written.data.sizeBytes ? [] : ['RECONDATA did not grow on a stick that has room']),
      ...(writes.inside === 0 ? ['nothing was written to the stick: its log proves nothing'] : []),
      ...(outcome.console.some((line) => SAFE_TO_PULL.test(line)) ? [] : ['the master did not say that it is safe to pull the stick']),
    ],
  };
}

async function live(vm: VirtualMachine, say: (line: string) => void): Promise<void> {
  await vm.waitForLine(READY, START_MS);
  say('the master is ready');
  await vm.waitForLine(STORED, START_MS);
  say('it has its own record');
  await vm.qmp.execute('system_powerdown');
  await vm.waitForOff(OFF_MS);
}

/** The text of all records in the tarball. */
async function recordsIn(stick: Stick, directory: string): Promise<string> {
  const path = await takeTarball(stick, directory);
  return runOk(['tar', '-xzOf', path, '--wildcards', '*node.json'], { timeoutMs: 60_000 });
}
