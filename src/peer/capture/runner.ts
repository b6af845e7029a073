import { availableParallelism as cpuCount } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { CapturedCommand } from '../../domain/capture.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { CaptureWriter } from '../../platform/files/capture-files.ts';
import type { Argv, CommandOptions, CommandResult } from '../../platform/process/command.ts';
import type { PlannedCommand } from './commands/plan.ts';

/** How commands are answered: by running them, or from recordings, which go by the id. */
export type RunCommand = (argv: Argv, options: CommandOptions, id?: string) => Promise<CommandResult>;

export interface RunnerOptions {
  run: RunCommand;
  writer: CaptureWriter;
  /** all commands together; what has not ended then counts as timed out */
  deadlineMs: number;
  /** added to the environment of each command */
  environment?: Record<string, string>;
  /** how many at once; twice the processors when missing, from 4 to 32 */
  sideBySide?: number;
  onCommand?: (command: CapturedCommand) => void;
}

/** Many disks at once are fine, a thousand processes are not; and a small machine that starts them all gets none done in time. */
const SIDE_BY_SIDE = { least: 4, perProcessor: 2, most: 32 };
/** Drives behind one controller share its queue. */
const MORE_SIDE_BY_SIDE = 8;
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
  const order = [...planned];
  const note = (row: CapturedCommand): void => {
    rows.set(row.id, row);
    options.onCommand?.(row);
  };
  const finish = async (command: PlannedCommand): Promise<Finished> => {
    const { row, more, changes } = await runOne(command, deadline, options);
    note(row);
    const unknown = more.filter((next) => !order.some((known) => known.id === next.id));
    order.push(...unknown);
    await Promise.all(Array.from({ length: Math.min(MORE_SIDE_BY_SIDE, unknown.length) }, () => worker(unknown)));
    return { row, more, changes };
  };
  const worker = async (from: PlannedCommand[]): Promise<void> => {
    for (let next = from.shift(); next !== undefined; next = from.shift()) await finish(next);
  };
  const inSlot = atMost(
    options.sideBySide ?? Math.min(SIDE_BY_SIDE.most, Math.max(SIDE_BY_SIDE.least, SIDE_BY_SIDE.perProcessor * cpuCount())),
  );
  const whenReady = async ({ ready, ...command }: PlannedCommand): Promise<void> => {
    // who waits for something takes no place of those that could run
    if (ready !== undefined) await untilReady(ready, deadline);
    await inSlot(() => finish(command));
  };
  const queue = planned.filter((command) => command.lane === undefined);
  const lanes = [...new Set(planned.map((command) => command.lane))].filter((lane) => lane !== undefined);
  await Promise.all([
    ...lanes.map((lane) =>
      inTurn(
        planned.filter((command) => command.lane === lane),
        finish,
        note,
      ),
    ),
    ...queue.map(whenReady),
  ]);
  return order.map((command) => rows.get(command.id)).filter((row) => row !== undefined);
}

/** One after the other. A device that does not answer its first question is not asked the others: each would wait as long. */
async function inTurn(
  commands: readonly PlannedCommand[],
  finish: (command: PlannedCommand) => Promise<Finished>,
  note: (row: CapturedCommand) => void,
): Promise<void> {
  const [first, ...others] = commands;
  if (first === undefined) return;
  const { row, changes } = await finish(first);
  const hangs = row.status === 'timeout';
  const changed = new Map(Object.entries(changes));
  for (const command of others) {
    if (hangs) {
      note({ id: command.id, argv: [...command.argv], status: 'timeout', durationMs: 0, reason: `not asked: ${first.id} had no answer` });
      continue;
    }
    const ended = await finish({ ...command, ...changed.get(command.id) });
    for (const [id, change] of Object.entries(ended.changes)) changed.set(id, change);
  }
}

async function untilReady(ready: () => Promise<void>, deadline: number): Promise<void> {
  await withoutHanging(
    ready().catch(() => undefined),
    deadline - performance.now(),
  );
}

interface Finished {
  row: CapturedCommand;
  more: PlannedCommand[];
  changes: ReturnType<NonNullable<PlannedCommand['changes']>>;
}

async function runOne(command: PlannedCommand, deadline: number, options: RunnerOptions): Promise<Finished> {
  const row = { id: command.id, argv: [...command.argv] };
  if (command.absentReason !== undefined) {
    return withoutMore({ ...row, status: 'absent', durationMs: 0, reason: command.absentReason });
  }
  if (command.ready !== undefined) await untilReady(command.ready, deadline);
  const timeoutMs = Math.round(Math.min(command.timeoutMs, deadline - performance.now()));
  if (timeoutMs <= 0) {
    return withoutMore({ ...row, status: 'timeout', durationMs: 0, reason: 'not started: the time for all commands was over' });
  }
  const result = await withoutHanging(
    options.run(
      command.argv,
      { timeoutMs, keepFinalNewline: true, environment: { ...options.environment, ...command.environment } },
      command.id,
    ),
    timeoutMs + LEAVE_BEHIND_MS,
  );
  if (result === undefined) {
    return withoutMore({
      ...row,
      status: 'timeout',
      durationMs: timeoutMs + LEAVE_BEHIND_MS,
      reason: 'hangs in the kernel and cannot be ended',
    });
  }
  const stdout = command.keep?.(result.stdout) ?? result.stdout;
  await options.writer.write(`raw/${command.id}.out`, stdout.subarray(0, OUTPUT_CAP_BYTES));
  await options.writer.write(`raw/${command.id}.err`, result.stderr.subarray(0, OUTPUT_CAP_BYTES));
  const captured: CapturedCommand = {
    ...row,
    ...verdictOn(command, result),
    ...definedOnly({ exitCode: result.exitCode, signal: result.signal }),
    ...(stdout.length > OUTPUT_CAP_BYTES ? { truncated: true } : {}),
    durationMs: Math.round(result.durationMs),
  };
  if (captured.status !== 'ok') return withoutMore(captured);
  return { row: captured, more: command.followUp?.(stdout) ?? [], changes: command.changes?.(stdout) ?? {} };
}

function withoutMore(row: CapturedCommand): Finished {
  return { row, more: [], changes: {} };
}

function verdictOn(command: PlannedCommand, result: CommandResult): Pick<CapturedCommand, 'status' | 'reason'> {
  if (result.status !== 'failed') return { status: result.status };
  if (result.exitCode !== undefined && command.isOk?.(result.exitCode, result.stdout) === true) return { status: 'ok' };
  const said = Buffer.concat([result.stdout, result.stderr]).toString('latin1');
  const reason = command.absentWhen?.find(([pattern]) => pattern.test(said))?.[1];
  return reason === undefined ? { status: 'failed' } : { status: 'absent', reason };
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
