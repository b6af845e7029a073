import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Segment } from '../../../domain/network.ts';
import { aborted } from '../../../domain/values/aborted.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { writeAtomic } from '../../../platform/files/files.ts';
import { runOk } from '../../../platform/process/command.ts';
import { endLeftover } from '../../../platform/process/leftover-process.ts';
import { type DnsmasqLine, dnsmasqLogReader } from './log.ts';
import { type DnsmasqProcess, type StartDnsmasq, startDnsmasq } from './process.ts';

/** Name of its configuration in the state directory. */
export const DNSMASQ_CONF = 'dnsmasq.conf';
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;
/** after running this long, a death counts as the first again */
const STEADY_MS = 60_000;

export interface DnsmasqOptions {
  /** where dnsmasq.conf is written */
  directory: string;
  /** the text of dnsmasq.conf, made anew before each start */
  config: (segments: readonly Segment[]) => string;
  segments: readonly Segment[];
  /** starts it; as our own user when missing */
  start?: StartDnsmasq;
  /** called before each start; the place to tidy the hosts file */
  beforeStart?: () => Promise<void>;
  /** called when it has stopped for good */
  afterStop?: () => Promise<void>;
  onLine: (line: DnsmasqLine) => void;
  onServing: (segments: readonly Segment[]) => void;
  /** it died or could not start, and is tried again after `retryMs` */
  onDown: (reason: string, retryMs: number) => void;
}

export interface DnsmasqService {
  /** process id, undefined while it is down */
  readonly pid: number | undefined;
  /** stops serving the old segments before it returns, then starts with the new ones; none: dnsmasq stays down */
  reconfigure(segments: readonly Segment[]): Promise<void>;
  stop(): Promise<void>;
}

/** Runs dnsmasq as a child of ours, and starts it again whenever it dies, forever. */
export function superviseDnsmasq(options: DnsmasqOptions): DnsmasqService {
  let segments = options.segments;
  let child: DnsmasqProcess | undefined;
  let changed = new AbortController();
  let stopping = false;

  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!stopping) {
      const { signal } = changed;
      if (segments.length === 0) {
        await aborted(signal);
        continue;
      }
      const started = performance.now();
      const reason = await runOnce(options, segments, signal, (running) => {
        child = running;
      }).catch((error: unknown) => messageOf(error));
      child = undefined;
      if (!signal.aborted) {
        failures = performance.now() - started > STEADY_MS ? 1 : failures + 1;
        const retryMs = restartDelayMs(failures);
        options.onDown(reason, retryMs);
        await delay(retryMs, undefined, { signal }).catch(() => {});
      }
      // with new segments it begins anew, also when they come while it waits
      if (signal.aborted) failures = 0;
    }
  };
  const running = loop();
  const interrupt = async (): Promise<void> => {
    const before = child;
    changed.abort();
    changed = new AbortController();
    await before?.stop();
  };
  return {
    get pid() {
      return child?.pid;
    },
    reconfigure: async (next) => {
      segments = next;
      await interrupt();
    },
    stop: async () => {
      stopping = true;
      await interrupt();
      await running;
      await options.afterStop?.();
    },
  };
}

/** 250 ms, 500 ms, … 30 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, failures - 1));
}

/** One life of dnsmasq; the result says why it ended. */
async function runOnce(
  options: DnsmasqOptions,
  segments: readonly Segment[],
  signal: AbortSignal,
  onChild: (child: DnsmasqProcess) => void,
): Promise<string> {
  await makeDirectory(options.directory);
  await options.beforeStart?.();
  const path = join(options.directory, DNSMASQ_CONF);
  await writeAtomic(path, options.config(segments));
  await runOk(['dnsmasq', '--test', `--conf-file=${path}`], { timeoutMs: 10_000 });
  const pidFile = join(options.directory, 'dnsmasq.pid');
  await endLeftover(pidFile, `--conf-file=${path}`);
  if (signal.aborted) return 'not wanted any more';
  let lastWords = '';
  const read = dnsmasqLogReader();
  const child = (options.start ?? startDnsmasq())(path, (text) => {
    lastWords = text;
    const line = read(text);
    if (line === undefined) return;
    if (line.kind === 'started') options.onServing(segments);
    options.onLine(line);
  });
  onChild(child);
  await writeAtomic(pidFile, `${child.pid ?? ''}\n`);
  const exit = await child.exited;
  return `dnsmasq ended (${exit.signal ?? `exit code ${exit.exitCode}`})${lastWords === '' ? '' : `: ${lastWords}`}`;
}
