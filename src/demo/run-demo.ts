import { setTimeout as delay } from 'node:timers/promises';
import { aborted } from '../domain/values/aborted.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { removePath } from '../platform/files/directories.ts';
import { temporaryDirectory } from '../platform/files/files.ts';
import { demoCast } from './cast.ts';
import { demoClock } from './fast-clock.ts';
import { type DemoMaster, startDemoMaster } from './loopback-master.ts';
import { playVisit } from './play-visit.ts';
import { keepResults, resultsDirectory } from './results.ts';
import { type DemoConsole, openDemoConsole } from './shown-console.ts';
import { beginningText, endText, lookText } from './words.ts';

export interface DemoOptions {
  /** where the tarball and report.html go; a new directory here when missing */
  output?: string;
  /** TCP port of the page; a free one when missing */
  port?: number;
  /** all machines at once */
  isFast: boolean;
  version: string;
  /** a terminal shows what is printed */
  isTerminal: boolean;
  print: (text: string) => void;
  /** ends it, at any time */
  signal: AbortSignal;
}

/** A minute is a visit of five. With all machines at once a slow host would make them look stuck. */
const SPEED = 5;
const VISIT_MS = 5 * 60_000;
/** Who is stuck is called so when it was silent for some minutes (src/master/verdict/limits.ts). */
const UNTIL_STUCK_MS = 5 * 60_000;

/**
 * A visit of made-up machines on this host, with the real master: page, console, tarball and report. Stays until `signal`; before its end nothing is kept.
 * @throws ReconError `not-writable`, `busy`
 */
export async function runDemo({ output, port, isFast, version, isTerminal, print, signal }: DemoOptions): Promise<void> {
  const results = await resultsDirectory(output);
  const ending = new AbortController();
  const end = AbortSignal.any([signal, ending.signal]);
  await using directory = await temporaryDirectory('recon-demo-');
  const clock = demoClock({ speed: isFast ? 1 : SPEED, startMs: Date.now() - VISIT_MS, nowMs: () => performance.now() });
  const cast = demoCast();
  let screen: DemoConsole | undefined;
  let areKept = false;
  const leave = async (): Promise<void> => {
    if (!areKept && results.isNew) await removePath(results.path);
  };
  const demo = await startDemoMaster({
    ...{ directory: directory.path, cast, clock, version, ...definedOnly({ port }) },
    onEvent: (event) => screen?.event(event),
    onPowerOff: () => ending.abort(),
  }).catch(async (error: unknown) => {
    await leave();
    throw error;
  });
  try {
    print(beginningText({ url: demo.url, pin: demo.master.pin, results: results.path }));
    screen = await openDemoConsole({ demo, isTerminal, print, onOff: () => ending.abort() });
    screen.say(...lookText(demo.url, demo.master.pin));
    const sleep = (durationMs: number): Promise<void> => delay(durationMs, undefined, { signal: end });
    const rest = (durationMs: number): Promise<void> => sleep(isFast ? 0 : durationMs);
    if (!(await wasPlayed(playVisit({ demo, cast, directory: directory.path, rest, sleep }), end))) return;
    if (isFast) clock.skip(UNTIL_STUCK_MS);
    const kept = await keepResults(demo.master, results.path);
    areKept = true;
    await screen.close();
    print(endText({ ...kept, ...summaryOf(demo) }));
    await aborted(end);
  } finally {
    ending.abort();
    await screen?.close();
    await demo.master.stop();
    await leave();
    print(areKept ? '' : '\nStopped before its end: nothing was kept.\n');
  }
}

/** False when it was ended meanwhile. */
async function wasPlayed(played: Promise<void>, end: AbortSignal): Promise<boolean> {
  try {
    await played;
  } catch (error) {
    // what fails on the way because all ends is no failure
    if (!end.aborted) throw error;
  }
  return !end.aborted;
}

function summaryOf({ master, url }: DemoMaster): { url: string; done: number; stuck: number; notSeen: number; code: string } {
  const { counts, expected } = master.visit();
  return { url, done: counts.done, stuck: counts.stuck, notSeen: expected?.notSeenCount ?? 0, code: master.signingCode };
}
