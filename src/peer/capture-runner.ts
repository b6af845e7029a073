import { setTimeout as delay } from 'node:timers/promises';
import type { CapturedCommand } from '../domain/capture.ts';
import type { CaptureWriter } from '../platform/capture-files.ts';
import type { Argv, CommandOptions, CommandResult } from '../platform/command.ts';
import type { PlannedCommand } from './capture-plan.ts';

/** How commands are answered: by running them, or from recordings. */
export type RunCommand = (argv: Argv, options: CommandOptions) => Promise<CommandResult>;

export interface RunnerOptions {
  run: RunCommand;
  writer: CaptureWriter;
  /** all commands together; what has not ended then counts as timed out */
  deadlineMs: number;
  onCommand?: (command: CapturedCommand) => void;
}

/** Many disks at once are fine, a thousand processes are not. */
const SIDE_BY_SIDE = 32;
/** More output than any tool has: a runaway must not fill the RAM. */
const OUTPUT_CAP_BYTES = 8 * 1024 * 1024;
/** After its time limit a command is ended and killed; one that hangs inside the kernel does not even die, and is left behind. */
const LEAVE_BEHIND_MS = 4000;

/**
 * Runs the commands side by side, those of one lane in turn, and writes what they print. Never throws for a command: each one
 * ends as a row, in the order of the plan.
 */
export async function runCommands(planned: readonly PlannedCommand[], options: RunnerOptions): Promise<CapturedCommand[]> {
  const deadline = performance.now() + options.deadlineMs;
  const rows = new Map<string, CapturedCommand>();
  const finish = async (command: PlannedCommand): Promise<void> => {
    const row = await runOne(command, deadline, options);
    rows.set(command.id, row);
    options.onCommand?.(row);
  };
  const queue = planned.filter((command) => command.lane === undefined);
  const worker = async (from: PlannedCommand[]): Promise<void> => {
    for (let next = from.shift(); next !== undefined; next = from.shift()) await finish(next);
  };
  await Promise.all([
    worker(planned.filter((command) => command.lane === 'ipmi')),
    ...Array.from({ length: Math.min(SIDE_BY_SIDE, queue.length) }, () => worker(queue)),
  ]);
  return planned.map((command) => rows.get(command.id)).filter((row) => row !== undefined);
}

async function runOne(command: PlannedCommand, deadline: number, options: RunnerOptions): Promise<CapturedCommand> {
  const row = { id: command.id, argv: [...command.argv] };
  if (command.absentReason !== undefined) return { ...row, status: 'absent', durationMs: 0, reason: command.absentReason };
  const timeoutMs = Math.round(Math.min(command.timeoutMs, deadline - performance.now()));
  if (timeoutMs <= 0) return { ...row, status: 'timeout', durationMs: 0, reason: 'not started: the time for all commands was over' };
  const result = await withoutHanging(options.run(command.argv, { timeoutMs, keepFinalNewline: true }), timeoutMs + LEAVE_BEHIND_MS);
  if (result === undefined) {
    return { ...row, status: 'timeout', durationMs: timeoutMs + LEAVE_BEHIND_MS, reason: 'hangs in the kernel and cannot be ended' };
  }
  const stdout = command.keep?.(result.stdout) ?? result.stdout;
  await options.writer.write(`raw/${command.id}.out`, stdout.subarray(0, OUTPUT_CAP_BYTES));
  await options.writer.write(`raw/${command.id}.err`, result.stderr.subarray(0, OUTPUT_CAP_BYTES));
  return {
    ...row,
    status: statusOf(command, result),
    ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
    ...(result.signal === undefined ? {} : { signal: result.signal }),
    ...(stdout.length > OUTPUT_CAP_BYTES ? { truncated: true } : {}),
    durationMs: Math.round(result.durationMs),
  };
}

function statusOf(command: PlannedCommand, result: CommandResult): CapturedCommand['status'] {
  const isOk = result.status === 'failed' && result.exitCode !== undefined && command.isOk?.(result.exitCode) === true;
  return isOk ? 'ok' : result.status;
}

async function withoutHanging<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  const stop = new AbortController();
  const limit = delay(limitMs, undefined, { signal: stop.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, limit]);
  } finally {
    stop.abort();
  }
}
