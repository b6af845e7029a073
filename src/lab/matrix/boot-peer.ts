import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { MATRIX_DISKS } from './disks/matrix-disks.ts';
import { findBootTrouble } from './findings/boot-trouble.ts';
import { NO_CHANGES, writeMatrixInitrd } from './guest/guest-initrd.ts';
import { answerCommand, peerArguments } from './machine/command-lines.ts';
import type { MatrixImage } from './machine/matrix-image.ts';
import { type MatrixBench, type MatrixOutcome, runMatrix } from './machine/run-matrix.ts';

const RECORD_MS = 40 * 60_000;
const OFF_MS = 10 * 60_000;
const DELIVERED = /the master has the record/;

/** A peer with all disks: it takes its inventory, delivers it, and is switched off by its button. Gives the outcome and what is wrong with it. */
export async function bootMatrixPeer(
  bench: MatrixBench,
  image: MatrixImage,
  say: (line: string) => void,
): Promise<{ outcome: MatrixOutcome; findings: string[] }> {
  const delivered = join(bench.workDir, 'peer', 'delivered');
  await makeDirectory(delivered);
  const initrdPath = await writeMatrixInitrd(image.initrdPath, NO_CHANGES, join(bench.workDir, 'peer'));
  const outcome = await runMatrix(bench, {
    ...{ name: 'peer', isHashed: true },
    boot: {
      ...{ kind: 'kernel', kernelPath: image.kernelPath, initrdPath },
      ...{ commandLine: peerArguments(image.manifest).join(' '), answer: answerCommand(image.rootImagePath, delivered) },
    },
    live: async (vm) => {
      await vm.waitForLine(DELIVERED, RECORD_MS);
      say('the peer has delivered its record');
      await vm.qmp.execute('system_powerdown');
      await vm.waitForOff(OFF_MS);
    },
  });
  const record = (await readOrUndefined(join(delivered, 'record.json')))?.toString('utf8') ?? '';
  return { outcome, findings: [...findBootTrouble(outcome), ...findMissingDisks(record)] };
}

/** A disk that is not in the record was not looked at by all collectors. */
export function findMissingDisks(record: string): string[] {
  return MATRIX_DISKS.filter(({ serial }) => !record.includes(serial)).map(
    ({ content, serial }) => `the record has no disk ${serial} (${content})`,
  );
}
