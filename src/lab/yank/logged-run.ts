import { join } from 'node:path';
import { copySparse, createSparseFile } from '../../platform/machine/disk-image-file.ts';
import { openRawImage } from '../../platform/machine/raw-image.ts';
import { MARK_SECTOR, readMark } from './guest/marks.ts';
import type { GuestTask } from './guest/task.ts';
import { type GuestBench, runGuest } from './guest-machine.ts';
import type { PlacedMark } from './promises.ts';
import { type LoggedRequest, readWriteLog } from './write-log.ts';

/** What a disk was told while a guest worked on it. */
export interface LoggedRun {
  /** the disk before */
  pristinePath: string;
  logPath: string;
  requests: readonly LoggedRequest[];
  marks: readonly PlacedMark[];
}

const TIMEOUT_MS = 60 * 60_000;
const SECTOR_BYTES = 512;

/** Has a task done on a copy of a disk whose every write is logged. @throws ReconError `lab-failed` when it does not come to its end */
export async function runLogged(bench: GuestBench, input: { name: string; task: GuestTask; pristinePath: string }): Promise<LoggedRun> {
  const { name, task, pristinePath } = input;
  const [path, logPath] = [join(bench.workDir, `${name}.img`), join(bench.workDir, `${name}.log`)];
  await copySparse(pristinePath, path);
  await createSparseFile(logPath, 0);
  const disks = { kind: 'logged', path, logPath } as const;
  await runGuest(bench, { name, task, disks, timeoutMs: TIMEOUT_MS, directory: join(bench.workDir, name) });
  await using log = await openRawImage(logPath, 'read');
  const requests = await readWriteLog(log);
  const marks: PlacedMark[] = [];
  for (const [at, { kind, offsetBytes, dataAt }] of requests.entries()) {
    if (kind !== 'write' || offsetBytes !== MARK_SECTOR * SECTOR_BYTES) continue;
    const mark = readMark(await log.read(dataAt, SECTOR_BYTES));
    if (mark !== undefined) marks.push({ at, mark });
  }
  return { pristinePath, logPath, requests, marks };
}
