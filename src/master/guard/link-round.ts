import type { SegmentRange } from '../../domain/segment-range.ts';
import type { Log } from '../../platform/log.ts';
import type { InterfaceFacts, Link } from '../../platform/network/interfaces.ts';
import { type Evidence, noteOf, type OwnAddresses, SERVER_CODES } from './classify.ts';
import { decide, isWorthAnotherTry, type ProbeResult, refusalsFromFacts, type ServingDecision } from './decide.ts';
import type { InterfaceAccess } from './interface-access.ts';
import type { LinkFlaps } from './link-flaps.ts';
import { type Observation, observe } from './observe.ts';
import type { Frame } from './packets/frame.ts';
import { captureFilter, type PacketCapture } from './packets/packet-capture.ts';
import { buildProbes } from './packets/probes.ts';
import type { Policy } from './policy.ts';
import { probeSegment } from './probe-segment.ts';
import { isConflict } from './proxy-dhcp.ts';
import { chooseRange, isUsedAddress } from './ranges.ts';
import { objectionReason, type Reason } from './reasons.ts';
import { mayBeRival, rivalMeetings, withoutRival } from './rival.ts';
import { isServable, type SegmentState, type Servable } from './segment-state.ts';
import type { SharedSegments } from './shared-segments.ts';
import { watch } from './watch.ts';

export interface GuardedLinkOptions {
  name: string;
  access: InterfaceAccess;
  probeId: number;
  /** how long a segment is probed before it counts as quiet */
  probeMs: number;
  reprobeMs: number;
  ownSubnets: readonly string[];
  policy: Policy;
  flaps: LinkFlaps;
  surroundings: () => OwnAddresses;
  /** the ranges that the segment may be served with, best first; none: whoever serves it chooses by himself */
  ranges?: (others: ReadonlySet<number>) => readonly SegmentRange[];
  /** numbers of the ranges that other interfaces have */
  otherRanges?: () => ReadonlySet<number>;
  /** the interface of ours that sends probes with that mark */
  ownerOf: (probeId: number) => string | undefined;
  shared: SharedSegments;
  onState: (state: SegmentState) => void;
  log: Log;
}

/** What changes while an interface is guarded. */
export interface LinkState {
  /** as it was when we last looked; undefined before that */
  link: Link | undefined;
  /** a foreign server came while we served: only a person lets it begin again */
  isHeld: boolean;
  /** the number of losses that the person was told; the same state with another number would be told again and again */
  namedLosses: number | undefined;
  /** another machine like us was heard in this round, and leaves the segment to us */
  rivalYields?: boolean;
  /** announcements of a switch that are in the log already */
  noted: Set<string>;
}

interface Round {
  options: GuardedLinkOptions;
  state: LinkState;
  /** aborted when the link changes or the guard ends: nothing that was found counts any more */
  signal: AbortSignal;
}

/** When the next round begins; `done`: when the link changes. */
export type Next = 'done' | 'later' | 'soon' | 'again';

/** One round: whether the interface may be touched, whether its segment may be served, and then a watch over it for as long as it is. */
export async function guardRound(round: Round): Promise<Next> {
  const untouched = await readFacts(round);
  if (refuseFlapping(round, untouched)) return 'soon';
  if (round.signal.aborted || refuseUntouched(round, untouched)) return 'done';
  const facts = await bringUp(round);
  // a loss that falls into setting it up is in no later comparison
  if (refuseFlapping(round, facts)) return 'soon';
  if (round.signal.aborted || refuseWithoutLink(round, facts)) return 'done';
  round.options.shared.forget(round.options.name);
  round.state.rivalYields = false;
  round.options.onState({ state: 'probing' });
  await using capture = await round.options.access.openCapture(captureFilter(facts.mac, round.options.ownSubnets));
  const { ranges = () => [], otherRanges = () => new Set<number>() } = round.options;
  const decision = await probeAndDecide(round, capture, { before: facts, ranges: ranges(otherRanges()) });
  if (typeof decision === 'string') return decision;
  round.options.onState(decision);
  if (!isServable(decision)) return isWorthAnotherTry(decision) ? 'later' : 'done';
  // without await the capture would be closed before the watch over it begins
  return await watchServed(round, capture, decision);
}

function refuseFlapping({ options, state, signal }: Round, { carrierChanges }: InterfaceFacts): boolean {
  const { name, flaps, onState } = options;
  const nowMs = performance.now();
  flaps.note(carrierChanges, nowMs);
  const losses = signal.aborted ? undefined : flaps.wentAway(nowMs);
  if (losses === undefined) {
    state.namedLosses = undefined;
    return false;
  }
  state.namedLosses ??= losses;
  onState({ state: 'refused', reasons: [objectionReason(name, { code: 'link-flaps', losses: state.namedLosses })] });
  return true;
}

/** Reasons that hold without a probe: such an interface is not even set up. */
function refuseUntouched({ options }: Round, facts: InterfaceFacts): boolean {
  const reasons = refusalsFromFacts(facts, options.surroundings().ownSubnets);
  if (reasons.length > 0) options.onState({ state: 'refused', reasons });
  return reasons.length > 0;
}

async function bringUp(round: Round): Promise<InterfaceFacts> {
  await round.options.access.setUpSilently();
  return readFacts(round);
}

function refuseWithoutLink({ options }: Round, { hasCarrier }: InterfaceFacts): boolean {
  if (!hasCarrier) options.onState({ state: 'no-link' });
  return !hasCarrier;
}

interface ProbeInput {
  before: InterfaceFacts;
  ranges: readonly SegmentRange[];
}

async function probeAndDecide(round: Round, capture: PacketCapture, { before, ranges }: ProbeInput): Promise<ServingDecision | Next> {
  const { name, access, probeMs, policy, shared, surroundings, otherRanges = () => new Set<number>() } = round.options;
  const result = await probeSegment(capture, {
    ...probeTools(round, false, { asked: ranges.flatMap(({ addresses }) => addresses) }),
    probeMs,
    // beside another server the whole time is needed, because there may be a second one; and where it may be another machine like us, which may
    // still have to say so
    isEnough: (one: Evidence) =>
      (one.code === 'other-recon' && one.serves === true) ||
      (policy.wanted === 'quiet' && SERVER_CODES.has(one.code) && !mayBeRival(one, surroundings().ownSubnets)),
  });
  const after = await access.facts();
  if (round.signal.aborted) return 'done';
  if (after.carrierChanges !== before.carrierChanges) return 'again';
  const first = shared.firstOn(name);
  if (first !== undefined && result.outcome === 'probed') result.evidence.push({ code: 'same-segment', otherInterface: first });
  const found = result.outcome === 'probed' ? withoutRival(result.evidence, surroundings().ownSubnets) : [];
  // somebody who has an address of a range speaks against that range, not against the segment
  const [used, others] = [found.filter(isUsedAddress), found.filter((one) => !isUsedAddress(one))];
  const rest: ProbeResult = result.outcome === 'probed' ? { ...result, evidence: others } : result;
  const decision = decide(after, surroundings().ownSubnets, rest, policy);
  if (decision.state !== 'quiet' || ranges.length === 0) return decision;
  const chosen = chooseRange(name, { ranges, used, others: otherRanges() });
  if (chosen === 'again') return 'again';
  return 'refused' in chosen ? { state: 'refused', reasons: chosen.refused } : { ...decision, chosen };
}

async function watchServed(round: Round, capture: PacketCapture, served: Servable): Promise<Next> {
  const { options, state, signal } = round;
  const { name, access, reprobeMs, surroundings, onState, log } = options;
  const own = served.state === 'quiet' ? served.chosen?.range.addresses[0] : undefined;
  const { rivals, ...tools } = probeTools(round, true, own === undefined ? {} : { asked: [own], ownAddress: own });
  let heard: readonly Reason[] = [];
  const onHeard = (reason: Reason): void => {
    if (heard.some(({ sentence }) => sentence === reason.sentence)) return;
    heard = [...heard, reason].slice(-MOST_HEARD);
    if (served.state === 'quiet' && !signal.aborted) onState({ ...served, heard });
  };
  if (state.rivalYields === true) onHeard(objectionReason(name, { code: 'other-recon', yields: true }));
  const { end, ...blind } = await watch(capture, {
    ...tools,
    interface: name,
    reprobeMs,
    isConflict:
      served.state === 'quiet'
        ? (one) => SERVER_CODES.has(one.code) || one.code === 'address-taken' || isFirst(one)
        : (one) => isConflict(one, served.server) || isFirst(one),
    secondLookMs: SECOND_LOOK_MS,
    onHeard,
    doubtMs: (evidence) => {
      if (!mayBeRival(evidence, surroundings().ownSubnets)) return 0;
      rivals.ask();
      return RIVAL_ANSWER_MS;
    },
    refusals: async () => refusalsFromFacts(await access.facts(), surroundings().ownSubnets),
    onForeign: (reasons) => {
      // another machine like us says when it ends, and this one may serve again
      state.isHeld = !reasons.every(({ code }) => code === 'other-recon');
      const hinted = reasons.map((reason): Reason => ({ ...reason, hint: HELD_HINT }));
      onState({ state: 'refused', reasons: state.isHeld ? hinted : reasons });
    },
    log,
  });
  if ('why' in blind && !signal.aborted) log.warn(`${name}: stopped serving, looking again: ${blind.why}`);
  if (end === 'foreign' && !state.isHeld) return 'later';
  return end === 'blind' ? 'again' : 'done';
}

/** Another machine like us that goes before this one. */
function isFirst(one: Evidence): boolean {
  return one.code === 'other-recon' && one.yields !== true;
}

/** A server that came while we served may come back: nobody but a person knows when it is gone for good. */
const HELD_HINT = 'Take it off the segment, then type look, or press the button on the page: it does not begin again by itself.';

/** From a machine's first word with its new address until the log line of its lease is read. */
const SECOND_LOOK_MS = 3000;
/** How long another machine like us may take to say that it is one; foreign servers must not be beside us for longer than 2 s. */
const RIVAL_ANSWER_MS = 1000;
/** As much as a person reads. */
const MOST_HEARD = 5;

/** What sends our probes, and reads what is heard. `asked`: addresses that we may take, or have. */
function probeTools(
  { options, state, signal }: Round,
  serves: boolean,
  { asked = [], ...more }: { asked?: readonly string[]; ownAddress?: string } = {},
) {
  const surroundings = (): OwnAddresses => ({ ...options.surroundings(), ...more, asked: new Set(asked) });
  const { name, access, probeId, policy, shared, log } = options;
  const askedAddress = policy.wanted === 'one-server' ? policy.address : undefined;
  const rivals = rivalMeetings({
    own: { probeId, serves },
    ownSubnets: options.surroundings().ownSubnets,
    answer: () => void access.send(buildProbes(probeId, askedAddress, [], true).slice(0, 1)).catch(() => {}),
    onYield: () => {
      state.rivalYields = true;
    },
  });
  return {
    rivals,
    signal,
    sendProbes: (): Promise<void> => access.send(buildProbes(probeId, askedAddress, asked, serves)),
    observe: (frame: Frame): Observation | undefined => {
      const note = noteOf(frame);
      if (note !== undefined && !state.noted.has(note)) {
        state.noted.add(note);
        log.info(`${name}: a switch announces itself (${note.toUpperCase()})`);
      }
      const seen = observe(frame, { ...options, surroundings });
      if (seen?.kind === 'shared') shared.add(name, seen.otherInterface);
      if (seen?.kind === 'evidence') return rivals.excuses(seen.evidence) ? undefined : seen;
      if (seen?.kind !== 'rival') return seen;
      const evidence = rivals.meet(seen.rival);
      return evidence === undefined ? undefined : { kind: 'evidence', evidence };
    },
  };
}

async function readFacts({ options, state }: Round): Promise<InterfaceFacts> {
  const facts = await options.access.facts();
  state.link = facts;
  return facts;
}
