import { subnetSet } from '../../domain/ip-address.ts';
import type { SegmentRange } from '../../domain/segment-range.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { InterfaceFacts } from '../../platform/network/interfaces.ts';
import { type Evidence, SERVER_CODES } from './classify.ts';
import { decide, isAboutToBeServed, isWorthAnotherTry, type ProbeResult, refusalsFromFacts, type ServingDecision } from './decide.ts';
import { wasLateRival } from './late-rival.ts';
import { captureFilter, type PacketCapture } from './packets/packet-capture.ts';
import { probeSegment } from './probe-segment.ts';
import { probeTools } from './probe-tools.ts';
import { isConflict } from './proxy-dhcp.ts';
import { chooseRange, isUsedAddress } from './ranges.ts';
import { type Objection, objectionReason, type Reason } from './reasons.ts';
import { isDhcpServer, mayBeRival, withoutRival } from './rival.ts';
import type { Round } from './round.ts';
import { isServable, type Servable } from './segment-state.ts';
import { watch } from './watch.ts';

/** When the next round begins; `done`: when the link changes. `shortly`: when another machine like us, which goes first, may have begun to serve. */
export type Next = 'done' | 'later' | 'shortly' | 'soon' | 'again';

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
  if (!isServable(decision)) return nextAfterRefusal(decision, round);
  // without await the capture would be closed before the watch over it begins
  return await watchServed(round, capture, decision);
}

function nextAfterRefusal(decision: ServingDecision, { state }: Round): Next {
  if (isAboutToBeServed(decision)) return 'shortly';
  return isWorthAnotherTry(decision, state.rivalNetworks !== undefined) ? 'later' : 'done';
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
    ...probeTools(round, undefined, { asked: ranges.flatMap(({ addresses }) => addresses) }),
    probeMs,
    // beside another server the whole time is needed, because there may be a second one; and where it may be another machine like us, which may
    // still have to say so
    isEnough: (one: Evidence) =>
      (one.code === 'other-recon' && one.serves === true) ||
      (policy.wanted === 'quiet' && SERVER_CODES.has(one.code) && !mayBeRival(one, surroundings().ownSubnets)),
    mayExplainItself: (one) => policy.wanted === 'quiet' && mayBeRival(one, surroundings().ownSubnets),
  });
  const after = await access.facts();
  if (round.signal.aborted) return 'done';
  if (after.carrierChanges !== before.carrierChanges) return 'again';
  const first = shared.firstOn(name);
  if (first !== undefined && result.outcome === 'probed') result.evidence.push({ code: 'same-segment', otherInterface: first });
  const heard = result.outcome === 'probed' ? withoutRival(result.evidence, surroundings().ownSubnets) : [];
  const found = rememberRival(round, heard);
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
  const range = served.state === 'quiet' ? served.chosen?.range : undefined;
  const own = range?.addresses[0];
  const mac = state.link?.mac;
  const serving = options.serves === false ? undefined : mac === undefined ? true : { mac, ...definedOnly({ subnet: range?.subnet }) };
  const { rivals, ...tools } = probeTools(round, serving, own === undefined ? {} : { asked: [own], ownAddress: own });
  let heard: readonly Reason[] = [];
  /** sentences of what may come from another machine like us */
  const doubted = new Set<string>();
  let isDoubted = false;
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
      const mayHaveOtherRange = served.state === 'quiet' && isDhcpServer(evidence);
      const isRivals = mayBeRival(evidence, surroundings().ownSubnets);
      if (isRivals) doubted.add(objectionReason(name, evidence).sentence);
      const doubtMs = isRivals ? RIVAL_ANSWER_MS : mayHaveOtherRange ? OTHER_RANGE_MS : 0;
      if (doubtMs > 0) rivals.ask();
      return doubtMs;
    },
    refusals: async () => refusalsFromFacts(await access.facts(), surroundings().ownSubnets),
    onForeign: (reasons) => {
      // another machine like us says when it ends, and this one may serve again
      state.isHeld = !reasons.every(({ code }) => code === 'other-recon');
      isDoubted = reasons.every(({ sentence }) => doubted.has(sentence));
      const hinted = reasons.map((reason): Reason => ({ ...reason, hint: HELD_HINT }));
      onState({ state: 'refused', reasons: state.isHeld ? hinted : reasons });
    },
    log,
  });
  if ('why' in blind && !signal.aborted) log.warn(`${name}: stopped serving, looking again: ${blind.why}`);
  if (end !== 'foreign') return end === 'blind' ? 'again' : 'done';
  if (state.isHeld && isDoubted && (await wasLateRival(round, capture, rivals))) {
    state.isHeld = false;
    onState({ state: 'refused', reasons: [objectionReason(name, { code: 'other-recon' })] });
  }
  return state.isHeld ? 'done' : 'later';
}

/**
 * What another machine like us leaves behind: when it ends, its machines go on asking for it. They have addresses of its network, and one such
 * network of ours is not taken; another is.
 */
function rememberRival({ options, state }: Round, found: readonly Objection[]): Objection[] {
  for (const one of found) {
    if (one.code !== 'other-recon' || one.serves !== true) continue;
    state.rivalNetworks = one.by?.subnet === undefined ? options.ownSubnets : [one.by.subnet];
  }
  const networks = subnetSet(state.rivalNetworks ?? []);
  return found.map((one) =>
    one.code === 'foreign-traffic' && networks.contains(one.address) ? { code: 'range-used', mac: one.mac, address: one.address } : one,
  );
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
/** The same for one whose recon.yaml has another subnet, which is less likely. */
const OTHER_RANGE_MS = 500;
/** As much as a person reads. */
const MOST_HEARD = 5;

async function readFacts({ options, state }: Round): Promise<InterfaceFacts> {
  const facts = await options.access.facts();
  state.link = facts;
  return facts;
}
