import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import type { Evidence } from './classify.ts';
import type { Observation } from './observe.ts';
import type { Frame } from './packets/frame.ts';
import type { PacketCapture } from './packets/packet-capture.ts';
import { objectionReason, type Reason } from './reasons.ts';
import { wait } from './wait.ts';

export interface WatchOptions {
  interface: string;
  reprobeMs: number;
  sendProbes: () => Promise<void>;
  observe: (frame: Frame) => Observation | undefined;
  /** evidence that ends serving at once; what is none of these is only said */
  isConflict: (evidence: Evidence) => boolean;
  /** how long to wait whether such evidence explains itself, in milliseconds: another machine like us may be about to stop. 0 when missing */
  doubtMs?: (evidence: Evidence) => number;
  /** reasons that need no listening: an address from somebody, a default route */
  refusals: () => Promise<Reason[]>;
  /** called at once, from within the capture, when a foreign server has spoken; the watch is over then */
  onForeign: (reasons: Reason[]) => void;
  /** called for what does not end serving, once for each sentence */
  onHeard?: (reason: Reason) => void;
  log: Log;
  signal: AbortSignal;
  /** after how long it is asked again what a frame means, in milliseconds; at once when missing */
  secondLookMs?: number;
  /** how long our own question may take until we hear it or ask once more, in milliseconds; 5 seconds when missing */
  hearingMs?: number;
}

/** `blind`: we could not listen or ask any more, so the segment must not be served any longer. */
export type WatchEnd = { end: 'stopped' } | { end: 'foreign' } | { end: 'blind'; why: string };

/**
 * A port with spanning tree forwards nothing for 30 to 60 s after link up, so that a probe can end before the network begins:
 * ask more often at first.
 */
const FIRST_REPROBES = { everyMs: 10_000, untilMs: 70_000 };
/** Through socat, the kernel and tcpdump. */
const HEARING_MS = 5000;
/** A master that sends its image to a hall loses a frame or reads it late; a capture that is dead hears none of these. */
const MOST_QUESTIONS = 3;
/** A program that is gone, or may no more, fails each time. */
const MOST_LOOKS = 3;
const LOOK_AGAIN_MS = 2000;
const MOST_TOLD = 100;

/** Listens while the segment is served, and asks again from time to time. */
export async function watch(capture: PacketCapture, options: WatchOptions): Promise<WatchEnd> {
  const { promise, resolve } = Promise.withResolvers<WatchEnd>();
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const foreign = (reasons: Reason[]): void => {
    if (signal.aborted) return;
    ending.abort();
    options.onForeign(reasons);
    resolve({ end: 'foreign' });
  };
  const told = new Set<string>();
  let echo = new AbortController();
  const foreignUnlessExplained = async (frame: Frame, reason: Reason, afterMs: number): Promise<void> => {
    if (afterMs === 0) return foreign([reason]);
    await wait(afterMs, signal);
    if (options.observe(frame)?.kind === 'evidence') foreign([reason]);
  };
  const tell = (reason: Reason): void => {
    options.log.warn(reason.sentence);
    options.onHeard?.(reason);
  };
  // a machine that takes its lease says so before we have read that it was given it
  const tellIfStill = async (frame: Frame, reason: Reason, afterMs: number): Promise<void> => {
    await wait(afterMs, signal);
    if (signal.aborted) return;
    if (options.observe(frame)?.kind === 'evidence') tell(reason);
    else told.delete(reason.sentence);
  };

  capture.listen((frame) => {
    const seen = options.observe(frame);
    if (seen?.kind === 'own-probe') echo.abort();
    if (seen?.kind !== 'evidence') return;
    const reason = objectionReason(options.interface, seen.evidence);
    if (options.isConflict(seen.evidence)) void foreignUnlessExplained(frame, reason, options.doubtMs?.(seen.evidence) ?? 0);
    else if (!told.has(reason.sentence) && told.size < MOST_TOLD) {
      told.add(reason.sentence);
      if (options.secondLookMs === undefined) tell(reason);
      else void tellIfStill(frame, reason, options.secondLookMs);
    }
  });
  void capture.ended.then((why) => resolve({ end: 'blind', why }));
  options.signal.addEventListener('abort', () => resolve({ end: 'stopped' }));
  if (options.signal.aborted) resolve({ end: 'stopped' });
  const ask = async (): Promise<void> => {
    echo = new AbortController();
    const isOver = (): boolean => signal.aborted || echo.signal.aborted;
    for (let asked = 0; asked < MOST_QUESTIONS && !isOver(); asked++) {
      await options.sendProbes();
      await wait(options.hearingMs ?? HEARING_MS, AbortSignal.any([signal, echo.signal]));
    }
    if (!isOver()) throw new ReconError('probe-unheard', 'our own questions are not heard on the wire any more');
  };
  const asking = askAgain(options, signal, foreign, ask).catch((error: unknown) => resolve({ end: 'blind', why: messageOf(error) }));
  const end = await promise;
  ending.abort();
  await asking;
  return end;
}

async function askAgain(
  options: WatchOptions,
  signal: AbortSignal,
  foreign: (reasons: Reason[]) => void,
  ask: () => Promise<void>,
): Promise<void> {
  for (let elapsedMs = 0; !signal.aborted; ) {
    const pauseMs = elapsedMs < FIRST_REPROBES.untilMs ? Math.min(FIRST_REPROBES.everyMs, options.reprobeMs) : options.reprobeMs;
    await wait(pauseMs, signal);
    if (signal.aborted) return;
    elapsedMs += pauseMs;
    await patiently(signal, async () => {
      const reasons = await options.refusals();
      if (reasons.length > 0) foreign(reasons);
      else await ask();
    });
  }
}

/**
 * `ip` and socat take longer than they may on a machine that sends its image to a hall; what is on the wire is heard meanwhile. A question that
 * nobody heard is none of that: it was asked three times.
 */
async function patiently(signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  for (let failed = 1; ; failed++) {
    try {
      return await look();
    } catch (error) {
      if (failed === MOST_LOOKS || signal.aborted || (error instanceof ReconError && error.code === 'probe-unheard')) throw error;
      await wait(LOOK_AGAIN_MS, signal);
    }
  }
}
