import { messageOf } from '../../domain/values/message-of.ts';
import type { Evidence } from './classify.ts';
import type { ProbeResult } from './decide.ts';
import type { Observation } from './observe.ts';
import type { Frame } from './packets/frame.ts';
import type { PacketCapture } from './packets/packet-capture.ts';
import { PROBE_KINDS, type ProbeKind } from './packets/probes.ts';
import { wait } from './wait.ts';

export interface ProbeOptions {
  probeMs: number;
  sendProbes: () => Promise<void>;
  observe: (frame: Frame) => Observation | undefined;
  /** evidence after which there is no need to listen to the end */
  isEnough: (evidence: Evidence) => boolean;
  /** evidence of somebody who says who it is when it is asked: one more question is worth a moment */
  mayExplainItself?: (evidence: Evidence) => boolean;
  signal: AbortSignal;
}

/** When the probes are sent, for as long as it listens: more than once, because a switch port may drop what comes right after the link. */
const PROBE_TIMES_MS = [0, 2000, 5000];
/** A DHCP server explains everything else: after its answer only the rest of the story is worth a moment. */
const AFTER_SERVER_MS = 1500;
/** So that a busy network does not fill the screen. */
const MAX_PER_CODE = 3;
const MOST_IN_ALL = 64;

/** Detects conflicts: listens for `probeMs` and provokes answers. Ends soon after enough evidence, at once when something fails. */
export async function probeSegment(capture: PacketCapture, options: ProbeOptions): Promise<ProbeResult> {
  const evidence = new Map<string, Evidence>();
  const heardProbes = new Set<ProbeKind>();
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const found = Promise.withResolvers<void>();
  let explaining: Promise<void> | undefined;
  let failure: string | undefined;
  const fail = (why: string): void => {
    failure ??= why;
    ending.abort();
  };

  capture.listen((frame) => {
    const seen = options.observe(frame);
    if (seen?.kind === 'own-probe') heardProbes.add(seen.probe);
    if (seen?.kind !== 'evidence' || !isNew(evidence, seen.evidence)) return;
    evidence.set(JSON.stringify(seen.evidence), seen.evidence);
    if (options.isEnough(seen.evidence)) found.resolve();
    if (options.mayExplainItself?.(seen.evidence) === true)
      explaining ??= askOnceMore(options, signal).catch((error: unknown) => fail(messageOf(error)));
  });
  void capture.ended.then(fail);
  const probing = sendOnSchedule(options, signal).catch((error: unknown) => fail(messageOf(error)));
  await Promise.race([wait(options.probeMs, signal), found.promise.then(() => wait(AFTER_SERVER_MS, signal))]);
  await explaining;
  ending.abort();
  await probing;
  capture.listen(undefined);

  if (evidence.size > 0) return { outcome: 'probed', evidence: [...evidence.values()].sort(byWeight) };
  if (failure !== undefined) return { outcome: 'failed', why: failure };
  const missing = PROBE_KINDS.filter((kind) => !heardProbes.has(kind));
  if (missing.length > 0) return { outcome: 'failed', why: `our own questions (${missing.join(', ')}) were not seen on the wire` };
  return { outcome: 'probed', evidence: [] };
}

async function sendOnSchedule({ sendProbes }: ProbeOptions, signal: AbortSignal): Promise<void> {
  let elapsedMs = 0;
  for (const timeMs of PROBE_TIMES_MS) {
    await wait(timeMs - elapsedMs, signal);
    if (signal.aborted) return;
    elapsedMs = timeMs;
    await sendProbes();
  }
}

/** It may have begun behind our last question, and answers one at once. */
async function askOnceMore({ sendProbes }: ProbeOptions, signal: AbortSignal): Promise<void> {
  await sendProbes();
  await wait(AFTER_SERVER_MS, signal);
}

function isNew(found: ReadonlyMap<string, Evidence>, evidence: Evidence): boolean {
  // of these each may speak against another range
  if (evidence.code === 'range-used') return !found.has(JSON.stringify(evidence)) && found.size < MOST_IN_ALL;
  const sameCode = [...found.values()].filter(({ code }) => code === evidence.code).length;
  return sameCode < MAX_PER_CODE && !found.has(JSON.stringify(evidence));
}

/** What explains most comes first. */
const WEIGHT: Evidence['code'][] = [
  'other-recon',
  'foreign-dhcp-server',
  'foreign-pxe-server',
  'foreign-dhcp6-server',
  'address-taken',
  'tagged-frames',
  'router-advertisement',
  'foreign-traffic',
  'range-used',
];

function byWeight(one: Evidence, other: Evidence): number {
  return WEIGHT.indexOf(one.code) - WEIGHT.indexOf(other.code);
}
