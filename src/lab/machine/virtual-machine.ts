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
  /** @throws ReconError `lab-failed` when it is still on after `timeoutMs` */
  waitForOff(timeoutMs: number): Promise<number>;
}

const PAUSE_MS = 200;

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
  const console: ConsoleLine[] = [];
  const events: QmpEvent[] = [];
  let ended: string | undefined;
  const child = startChild(argv, {
    onLine: (line) => {
      const text = withoutEscapes(line);
      console.push({ atMs: Date.now(), text });
      onLine(text);
    },
  });
  child.exited.then(
    (exit) => {
      ended = exit.signal ?? `exit code ${exit.exitCode}`;
    },
    () => {},
  );
  const assertAlive = (): void => {
    if (ended === undefined && stoppedByItself(events)) ended = 'its accelerator gave up, see its console';
    if (ended === undefined) return;
    throw new ReconError('infrastructure', `QEMU of ${name} ended by itself (${ended}); it last said:\n${lastConsoleLines(console, 5)}`, {
      hint: 'this says nothing about recon; look for the out-of-memory killer and try again',
    });
  };
  const qmp = await connect(qmpPath, events, assertAlive).catch(async (error: unknown) => {
    await child.stop();
    throw error;
  });
  const offAtMs = (): number | undefined => events.findLast((event) => event.name === 'SHUTDOWN')?.atMs;
  const waitForLine = async (pattern: RegExp, timeoutMs: number, from = 0): Promise<ConsoleLine> => {
    const found = await waitFor(
      () => {
        const line = console.slice(from).find((one) => pattern.test(one.text));
        if (line !== undefined) return line;
        assertAlive();
        return offAtMs() === undefined ? undefined : 'off';
      },
      { timeoutMs, pauseMs: PAUSE_MS },
    );
    if (found !== undefined && found !== 'off') return found;
    const why = found === 'off' ? 'went off' : `did not do so in ${Math.round(timeoutMs / 60_000)} minutes`;
    throw new ReconError(
      'lab-failed',
      `${name} should have said ${pattern} and ${why}; its console ends with:\n${lastConsoleLines(console, 15)}`,
    );
  };
  const waitForOff = async (timeoutMs: number): Promise<number> => {
    const at = await waitFor(
      () => {
        assertAlive();
        return offAtMs();
      },
      { timeoutMs, pauseMs: PAUSE_MS },
    );
    if (at !== undefined) return at;
    throw new ReconError(
      'lab-failed',
      `${name} is still on after ${Math.round(timeoutMs / 1000)} s; its console ends with:\n${lastConsoleLines(console, 15)}`,
    );
  };
  return {
    ...{ name, console, events, qmp, offAtMs, assertAlive, waitForLine, waitForOff },
    [Symbol.asyncDispose]: () => end(child, qmp),
  };
}

/** After a power off QEMU stops the machine, too; without one, the accelerator could not go on. */
function stoppedByItself(events: readonly QmpEvent[]): boolean {
  return events.find((event) => event.name === 'STOP' || event.name === 'SHUTDOWN')?.name === 'STOP';
}

async function connect(path: string, events: QmpEvent[], assertAlive: () => void): Promise<Qmp> {
  const attempt = async (): Promise<Qmp | undefined> => {
    assertAlive();
    try {
      return await connectQmp(path, (event) => void events.push(event));
    } catch (error) {
      if (['ENOENT', 'ECONNREFUSED'].includes(errorCode(error) ?? '')) return undefined;
      throw error;
    }
  };
  const qmp = await waitFor(attempt, { timeoutMs: 30_000, pauseMs: 50 });
  if (qmp === undefined) throw new ReconError('infrastructure', `QEMU does not listen on ${path}`);
  return qmp;
}

async function end(child: Child, qmp: Qmp): Promise<void> {
  qmp.close();
  await child.stop();
}
