import { relative, resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';
import { endWithChildren, filesLeftBehind, runningFiles } from './file-processes.ts';
import { noteRunning, type WatchedFile } from './watched-files.ts';

/** Files with real networks and five hundred machines take some minutes, and twice as many on a busy machine. */
const FILE_LIMIT_MS = Number(process.env['RECON_TEST_FILE_LIMIT_MS'] ?? 20 * 60_000);
/** All tests of a file have ended, and its process has not: something that it started keeps it. */
const IDLE_LIMIT_MS = Number(process.env['RECON_TEST_IDLE_LIMIT_MS'] ?? 2 * 60_000);
const LOOK_EVERY_MS = Math.min(5000, IDLE_LIMIT_MS, FILE_LIMIT_MS);

/**
 * A reporter for `node --test` that prints nothing of the tests and sees to it that the run ends: the process of a file that takes too long, or
 * that stays when its tests are over, is ended with everything that it started; and what a file leaves running ends soon after it.
 * node's own --test-timeout ends a test, and neither a blocked process nor children.
 */
async function* endingReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const open = new Map<string, number>();
  const quietSinceMs = new Map<string, number>();
  const watched = new Map<number, WatchedFile>();
  const look = (): void => {
    const nowMs = performance.now();
    for (const { pid, file, sinceMs } of noteRunning(watched, runningFiles(), nowMs)) {
      const isDone = open.get(file) === 0 && nowMs - (quietSinceMs.get(file) ?? nowMs) > IDLE_LIMIT_MS;
      const isLate = nowMs - sinceMs > FILE_LIMIT_MS;
      if (!isDone && !isLate) continue;
      say(
        file,
        isLate ? 'ended, because it took too long' : 'ended, because its tests are over, and something else is not',
        endWithChildren(pid),
      );
    }
    for (const pid of filesLeftBehind())
      say(watched.get(pid)?.file ?? `file of process ${pid}`, 'it left behind, and it is ended now', endWithChildren(pid));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  process.once('exit', endAll);
  // node ends a run in order for SIGINT and SIGTERM only
  process.once('SIGHUP', () => process.exit(129));
  for await (const { type, data } of events) {
    if (type !== 'test:enqueue' && type !== 'test:complete') continue;
    const { file } = data;
    // the file is a test as well, which is over when its process is
    if (file === undefined || resolve(data.name) === file) continue;
    open.set(file, (open.get(file) ?? 0) + (type === 'test:enqueue' ? 1 : -1));
    quietSinceMs.set(file, performance.now());
  }
  clearInterval(timer);
  look();
  yield '';
}

/** Of a run that is interrupted, and of one that is over there is nothing left. */
function endAll(): void {
  for (const { pid } of runningFiles()) endWithChildren(pid);
  for (const pid of filesLeftBehind()) endWithChildren(pid);
}

function say(file: string, what: string, ended: readonly string[]): void {
  const others = ended.map((line) => `    ${line.slice(0, 200)}\n`).join('');
  process.stderr.write(`\n${relative(process.cwd(), file)}: ${what}${others === '' ? '' : `, with\n${others}`}\n`);
}

// node takes a reporter by this name only
export { endingReporter as default };
