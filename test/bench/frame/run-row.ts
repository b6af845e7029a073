import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type BenchResult, measured, unmeasured } from './result.ts';
import type { BenchRow } from './row.ts';
import { RESULTS_VARIABLE, Told } from './tell.ts';

const DIRECTORY = join(import.meta.dirname, '..');
const MINUTE_MS = 60_000;
const LAST_WORDS = 4000;

/**
 * Runs a row's file in a process of its own, at the head of a group that ends with it, and gives a result for each of its lines, whatever becomes of it. What
 * it prints goes to stderr: the table has stdout to itself.
 */
export async function runRow(row: BenchRow, { signal }: { signal: AbortSignal }): Promise<BenchResult[]> {
  await using directory = await temporaryDirectory('recon-bench-');
  const path = join(directory.path, 'told');
  const child = spawn(process.execPath, [join(DIRECTORY, row.file)], {
    ...{ detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, [RESULTS_VARIABLE]: path } },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      process.stderr.write(bytes);
      said = (said + bytes.toString('utf8')).slice(-LAST_WORDS);
    });
  const isLate = AbortSignal.timeout(row.minutes * MINUTE_MS);
  const end = AbortSignal.any([signal, isLate]);
  end.addEventListener('abort', () => endGroup(child));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  // a server that it left behind
  endGroup(child);
  const told = parseTold(await readFile(path, 'utf8').catch(() => ''));
  if (signal.aborted) return outcomes(row, told, 'it was interrupted');
  if (isLate.aborted) return outcomes(row, told, `it took more than ${row.minutes} minutes`);
  return outcomes(row, told, exitCode === 0 ? undefined : lastWords(said));
}

/** What became of each line. `fault`: how the process failed, undefined when it ended well; then a line that was not told is one that the bench forgot. */
export function outcomes(row: BenchRow, told: readonly Told[], fault: string | undefined): BenchResult[] {
  return row.lines.map((line) => {
    const samples = told.find((one) => 'id' in one && one.id === line.id);
    if (samples !== undefined && 'id' in samples)
      return measured(row.name, line, { ours: samples.ours, ...(samples.theirs && { theirs: samples.theirs }) });
    const left = told.find((one) => 'notRun' in one && (one.ids?.includes(line.id) ?? true));
    if (left !== undefined && 'notRun' in left) return unmeasured(row.name, line, 'not-run', left.notRun);
    return unmeasured(row.name, line, 'failed', fault ?? `test/bench/${row.file} said nothing of it`);
  });
}

function parseTold(text: string): Told[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => Told.parse(JSON.parse(line)));
}

/** The line that names the error; a process without one is told by its last words. */
function lastWords(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const error = lines.findLast((line) => /^(\w+)?(Error|Exception)\b.*: /.test(line));
  return error ?? lines.findLast((line) => line !== '' && !line.startsWith('Node.js')) ?? 'it ended without a word';
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}
