import { ReconError } from '../../domain/errors.ts';
import { errorCode } from '../../platform/files/files.ts';
import { type Child, startChild } from '../../platform/process/child.ts';
import type { Argv } from '../../platform/process/command.ts';
import { waitFor } from '../../platform/process/wait-for.ts';
import { type ConsoleLine, lastConsoleLines, withoutEscapes } from './console-text.ts';
import { connectQmp, type Qmp, type QmpEvent } from './qmp.ts';

/** A running QEMU. It stays a process after its machine went off, until disposed. */
export interface VirtualMachine extends AsyncDisposable {
  readonly name: string;
  readonly console: readonly ConsoleLine[];
  readonly events: readonly QmpEvent[];
  readonly qmp: Qmp;
  /** when the machine went off, in the host's time; undefined while it is on */
  offAtMs(): number | undefined;
  /** @throws ReconError `infrastructure` when QEMU itself has ended, which is nobody's power off */
  assertAlive(): void;
  /**
   * The first line of the console, from index `from` on, that matches.
   * @throws ReconError `lab-failed` with the end of the console after `timeoutMs`, or when the machine goes off before
   */
  waitForLine(pattern: RegExp, timeoutMs: number, from?: number): Promise<ConsoleLine>;
  /** what a person types at its serial console */
  type(text: string): void;
  /** @throws ReconError `lab-failed` when it is still on after `timeoutMs` */
  waitForOff(timeoutMs: number): Promise<number>;
}

const PAUSE_MS = 200;

/** What a QEMU has said and done so far. */
interface QemuRun {
  readonly name: string;
  readonly console: ConsoleLine[];
  readonly events: QmpEvent[];
  /** why the process is no more */
  ended: string | undefined;
}

/**
 * Starts QEMU and connects to it.
 * @throws ReconError `infrastructure` when QEMU does not start
 */
export async function startVirtualMachine(
  name: string,
  argv: Argv,
  qmpPath: string,
  onLine: (text: string) => void = () => {},
): Promise<VirtualMachine> {
  const run: QemuRun = { name, console: [], events: [], ended: undefined };
  const child = startQemu(run, argv, onLine);
  const qmp = await connect(run, qmpPath).catch(async (error: unknown) => {
    await child.stop();
    throw error;
  });
  return {
    ...{ name, console: run.console, events: run.events, qmp },
    type: (text) => child.write(Buffer.from(text)),
    offAtMs: () => offAtMs(run),
    assertAlive: () => assertAlive(run),
    waitForLine: async (pattern, timeoutMs, from = 0) => waitForLine(run, pattern, timeoutMs, from),
    waitForOff: async (timeoutMs) => waitForOff(run, timeoutMs),
    [Symbol.asyncDispose]: async () => {
      qmp.close();
      await child.stop();
    },
  };
}

function startQemu(run: QemuRun, argv: Argv, onLine: (text: string) => void): Child {
  const child = startChild(argv, {
    onLine: (line) => {
      const text = withoutEscapes(line);
      run.console.push({ atMs: Date.now(), text });
      onLine(text);
    },
  });
  child.exited.then(
    (exit) => {
      run.ended = exit.signal ?? `exit code ${exit.exitCode}`;
    },
    () => {},
  );
  return child;
}

async function connect(run: QemuRun, path: string): Promise<Qmp> {
  const attempt = async (): Promise<Qmp | undefined> => {
    assertAlive(run);
    try {
      return await connectQmp(path, (event) => void run.events.push(event));
    } catch (error) {
      if (['ENOENT', 'ECONNREFUSED'].includes(errorCode(error) ?? '')) return undefined;
      throw error;
    }
  };
  const qmp = await waitFor(attempt, { timeoutMs: 30_000, pauseMs: 50 });
  if (qmp === undefined) throw new ReconError('infrastructure', `QEMU does not listen on ${path}`);
  return qmp;
}

function offAtMs({ events }: QemuRun): number | undefined {
  return events.findLast((event) => event.name === 'SHUTDOWN')?.atMs;
}

function assertAlive(run: QemuRun): void {
  if (run.ended === undefined && stoppedByItself(run.events)) run.ended = 'its accelerator gave up, see its console';
  if (run.ended === undefined) return;
  throw new ReconError(
    'infrastructure',
    `QEMU of ${run.name} ended by itself (${run.ended}); it last said:\n${lastConsoleLines(run.console, 5)}`,
    { hint: 'this says nothing about recon; look for the out-of-memory killer and try again' },
  );
}

/** After a power off QEMU stops the machine, too; without one, the accelerator could not go on. */
function stoppedByItself(events: readonly QmpEvent[]): boolean {
  return events.find((event) => event.name === 'STOP' || event.name === 'SHUTDOWN')?.name === 'STOP';
}

async function waitForLine(run: QemuRun, pattern: RegExp, timeoutMs: number, from: number): Promise<ConsoleLine> {
  const look = (): ConsoleLine | 'off' | undefined => {
    const line = run.console.slice(from).find((one) => pattern.test(one.text));
    if (line !== undefined) return line;
    assertAlive(run);
    return offAtMs(run) === undefined ? undefined : 'off';
  };
  const found = await waitFor(look, { timeoutMs, pauseMs: PAUSE_MS });
  if (found !== undefined && found !== 'off') return found;
  const why = found === 'off' ? 'went off' : `did not do so in ${Math.round(timeoutMs / 60_000)} minutes`;
  throw labFailed(run, `should have said ${pattern} and ${why}`);
}

async function waitForOff(run: QemuRun, timeoutMs: number): Promise<number> {
  const look = (): number | undefined => {
    assertAlive(run);
    return offAtMs(run);
  };
  const at = await waitFor(look, { timeoutMs, pauseMs: PAUSE_MS });
  if (at === undefined) throw labFailed(run, `is still on after ${Math.round(timeoutMs / 1000)} s`);
  return at;
}

function labFailed({ name, console }: QemuRun, what: string): ReconError {
  return new ReconError('lab-failed', `${name} ${what}; its console ends with:\n${lastConsoleLines(console, 15)}`);
}
