import { join } from 'node:path';
import { bundleProgram } from '../../bundle/bundle.ts';
import { removePath } from '../../platform/files/directories.ts';
import { copySparse, createSparseFile } from '../../platform/machine/disk-image-file.ts';
import { openRawImage } from '../../platform/machine/raw-image.ts';
import { MARK_SECTOR, readMark } from './guest/marks.ts';
import { CheckedStick, type CheckTask, type VisitTask } from './guest/task.ts';
import { type GuestBench, runGuest } from './guest-machine.ts';
import type { YankResult } from './loss-table.ts';
import { inOrderOfLog, openPowerLosses } from './power-loss.ts';
import { makePristineStick, signDisk } from './pristine-stick.ts';
import { type PlacedMark, promisedAt } from './promises.ts';
import { type LoggedRequest, readWriteLog } from './write-log.ts';
import { chooseYanks } from './yanks.ts';

export interface YankPlan {
  yanks: number;
  machines: number;
  seed: string;
  /** the control: a master that brings nothing to the medium before it promises */
  isUnsynced?: boolean;
}

/** Disks of one machine that checks. */
const TOGETHER = 16;
const MINUTE_MS = 60_000;
const LIMITS = { visitMs: 60 * MINUTE_MS, checkMs: 60 * MINUTE_MS } as const;

/**
 * A visit on a stick whose every write is logged, and for each yank a stick as the power loss left it, on which the product starts again.
 * @throws ReconError `lab-failed` when a machine does not come to its end
 */
export async function yankSticks(bench: GuestBench, plan: YankPlan, say: (line: string) => void): Promise<YankResult[]> {
  const { workDir } = bench;
  const at = (name: string): string => join(workDir, name);
  await makePristineStick(at('pristine.img'), plan.seed, workDir);
  await copySparse(at('pristine.img'), at('stick.img'));
  await createSparseFile(at('writes.log'), 0);
  const { seed, machines } = plan;
  const task: VisitTask = { kind: 'visit', seed, machines, together: 4, sealEvery: 12, isUnsynced: plan.isUnsynced ?? false };
  const disks = { kind: 'logged', path: at('stick.img'), logPath: at('writes.log') } as const;
  await runGuest(bench, { name: 'visit', task, disks, timeoutMs: LIMITS.visitMs, directory: at('visit') });
  const requests = await readRequests(at('writes.log'));
  const marks = await readMarks(requests, at('writes.log'));
  say(`the visit gave ${marks.filter(({ mark }) => mark.kind === 'receipt').length} receipts and ${requests.length} requests to the disk`);
  return await checkAll(bench, plan, { requests, marks }, say);
}

async function readRequests(logPath: string): Promise<LoggedRequest[]> {
  await using log = await openRawImage(logPath, 'read');
  return await readWriteLog(log);
}

async function readMarks(requests: readonly LoggedRequest[], logPath: string): Promise<PlacedMark[]> {
  await using log = await openRawImage(logPath, 'read');
  const marks: PlacedMark[] = [];
  for (const [at, { kind, offsetBytes, dataAt }] of requests.entries()) {
    if (kind !== 'write' || offsetBytes !== MARK_SECTOR * 512) continue;
    const mark = readMark(await log.read(dataAt, 512));
    if (mark !== undefined) marks.push({ at, mark });
  }
  return marks;
}

async function checkAll(
  bench: GuestBench,
  { yanks: count, seed }: YankPlan,
  { requests, marks }: { requests: readonly LoggedRequest[]; marks: readonly PlacedMark[] },
  say: (line: string) => void,
): Promise<YankResult[]> {
  const { workDir } = bench;
  const yanks = inOrderOfLog(chooseYanks(requests, count, seed), requests, seed);
  const input = { pristinePath: join(workDir, 'pristine.img'), logPath: join(workDir, 'writes.log'), requests, seed };
  await using losses = await openPowerLosses(input, join(workDir, 'growing.img'));
  const receipts = promisedAt(marks, Number.POSITIVE_INFINITY).receipts;
  const tarballs = marks.flatMap(({ mark }) => (mark.kind === 'sealed' ? [mark.sha256] : []));
  const results: YankResult[] = [];
  for (let from = 0; from < yanks.length; from += TOGETHER) {
    const batch = yanks.slice(from, from + TOGETHER);
    const task: CheckTask = { kind: 'check', seed, sticks: [], receipts: [...receipts], tarballs };
    const paths: string[] = [];
    for (const yank of batch) {
      const path = join(workDir, `yank-${yank.number}.img`);
      await losses.makeImage(yank, path);
      await signDisk(path, yank.number);
      paths.push(path);
      const promised = promisedAt(marks, yank.at);
      task.sticks.push({ yank: yank.number, receipts: promised.receipts.length, tarballs: [...promised.tarballs] });
    }
    const name = `check-${from / TOGETHER + 1}`;
    const disks = { kind: 'plain', paths } as const;
    const lines = await runGuest(bench, { name, task, disks, timeoutMs: LIMITS.checkMs, directory: join(workDir, name) });
    for (const stick of lines.map((line) => CheckedStick.parse(JSON.parse(line)))) {
      const yank = batch.find(({ number }) => number === stick.yank);
      if (yank !== undefined) results.push({ yank, stick });
    }
    for (const path of paths) await removePath(path);
    say(`${results.length} of ${count} sticks are checked, ${results.filter(({ stick }) => stick.lost.length > 0).length} with a loss`);
  }
  return results;
}

/** Bundles the guest's program from the sources that this runs from: they are tried, and not the program in the image. */
export async function bundleGuest(programPath: string): Promise<void> {
  await bundleProgram(join(import.meta.dirname, '../../..'), programPath, 'src/lab/yank/guest/guest.ts');
}
