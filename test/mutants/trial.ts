import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { queuedMs } from '../queued.ts';
import type { Mutation } from './mutation.ts';

const INSIDE = join(import.meta.dirname, 'inside');

/** Root runs its trials as nobody: a mutant may delete, end or unmount what it was not meant to. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Where the processes of trials may write: a directory that goes away with everything that mutants leave. */
export interface TrialSettings {
  root: string;
  scratch: string;
  /** ends the trials that run, and lets no other begin */
  signal?: AbortSignal;
}

export interface Trial {
  /** `timeout`: it went on for too long, which is noticed as well as a failure is */
  outcome: 'passed' | 'failed' | 'timeout';
  /** the test that failed, or what the process said */
  words: string;
  /** without the time in which it stood in line for a processor */
  durationMs: number;
}

export interface TrialOptions {
  /** relative to the root, run in one process up to the first failure */
  tests: readonly string[];
  /** of its own time: a busy machine makes no trial late */
  timeoutMs: number;
  mutant?: { path: string; mutation: Mutation };
  /** where V8 writes what was executed */
  coverageDirectory?: string;
}

/** How often a trial is asked how long it has been at work. */
const LOOK_MS = 200;

/**
 * Runs test files in a process of their own, with a fault in one module if there is one.
 * @throws what `signal` was aborted with, when the process is gone
 */
export async function tryTests(
  { root, scratch, signal }: TrialSettings,
  { tests, timeoutMs, mutant, coverageDirectory }: TrialOptions,
): Promise<Trial> {
  signal?.throwIfAborted();
  const started = performance.now();
  const { NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  const env = {
    ...inherited,
    HOME: scratch,
    TMPDIR: scratch,
    ...(coverageDirectory === undefined ? { NODE_COMPILE_CACHE: join(scratch, 'compiled') } : { NODE_V8_COVERAGE: coverageDirectory }),
    ...(mutant === undefined ? {} : mutantEnvironment(root, mutant)),
  };
  const argv = [join(INSIDE, 'run-tests.ts'), ...tests.map((test) => join(root, test))];
  const child = spawn(process.execPath, argv, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...NOBODY });
  let words = '';
  child.stdout.on('data', (chunk) => {
    words += chunk;
  });
  child.stderr.on('data', (chunk) => {
    words += chunk;
  });
  let isLate = false;
  let inLineMs = 0;
  const durationMs = (): number => performance.now() - started - inLineMs;
  const timer = setInterval(() => {
    inLineMs = queuedMs(child.pid);
    isLate ||= durationMs() > timeoutMs;
    if (isLate) killGroup(child.pid);
  }, LOOK_MS);
  const end = (): void => killGroup(child.pid);
  signal?.addEventListener('abort', end);
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  signal?.removeEventListener('abort', end);
  killGroup(child.pid);
  signal?.throwIfAborted();
  return { outcome: isLate ? 'timeout' : code === 0 ? 'passed' : 'failed', words: words.trim(), durationMs: durationMs() };
}

function mutantEnvironment(root: string, { path, mutation }: { path: string; mutation: Mutation }): Record<string, string> {
  return {
    MUTANT: JSON.stringify({ url: pathToFileURL(join(root, path)).href, mutation }),
    NODE_OPTIONS: `--import=${pathToFileURL(join(INSIDE, 'mutated-module.ts')).href}`,
  };
}

/** Ends what a trial left running, the programs that it started included. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left
  }
}
