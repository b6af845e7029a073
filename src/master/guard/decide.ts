import type { SubnetSet } from '../../domain/ip-address.ts';
import type { Policy } from './policy.ts';
import { judgeForProxyDhcp } from './proxy-dhcp.ts';
import type { ChosenRange } from './ranges.ts';
import { type Objection, objectionReason, type Reason } from './reasons.ts';

/** What a machine can know of its interface without listening. */
export interface SegmentFacts {
  name: string;
  driver: string | undefined;
  hasCarrier: boolean;
  hasDefaultRoute: boolean;
  addresses: readonly { address: string; prefixLength: number; scope: string; dynamic: boolean }[];
}

/** How probing a segment ended. `failed`: something did not run, so nothing is known. */
export type ProbeResult = { outcome: 'probed'; evidence: Objection[] } | { outcome: 'failed'; why: string };

export type ServingDecision =
  /** `chosen`: the range that it is to be served with; `heard`: what came later and does not end serving */
  | { state: 'quiet'; chosen?: ChosenRange; heard?: readonly Reason[] }
  /** there is one DHCP server, and boot files may be served beside it (ProxyDHCP) */
  | { state: 'proxy-dhcp'; server: string }
  | { state: 'no-link' }
  | { state: 'refused'; reasons: Reason[] };

/** Decides whether a segment may be served. Whatever is not known to be quiet is refused. */
export function decide(
  facts: SegmentFacts,
  ownSubnets: SubnetSet,
  probe: ProbeResult | undefined,
  policy: Policy = { wanted: 'quiet' },
): ServingDecision {
  const known = refusalsFromFacts(facts, ownSubnets);
  if (known.length > 0) return { state: 'refused', reasons: known };
  if (!facts.hasCarrier) return { state: 'no-link' };
  if (probe === undefined) return refused(facts.name, { code: 'probe-failed', why: 'nobody has looked at it yet' });
  if (probe.outcome === 'failed') return refused(facts.name, { code: 'probe-failed', why: probe.why });
  if (policy.wanted === 'one-server') {
    const beside = judgeForProxyDhcp(probe.evidence, policy);
    return 'server' in beside ? { state: 'proxy-dhcp', server: beside.server } : refused(facts.name, ...beside.refusals);
  }
  return probe.evidence.length > 0 ? refused(facts.name, ...probe.evidence) : { state: 'quiet' };
}

/** Reasons that hold before anything is sent: on such an interface nothing may be touched, not even to probe. */
export function refusalsFromFacts(facts: SegmentFacts, ownSubnets: SubnetSet): Reason[] {
  const reasons: Reason[] = [];
  if (BMC_DRIVERS.has(facts.driver ?? '') || facts.name.startsWith('idrac')) {
    reasons.push(objectionReason(facts.name, { code: 'bmc-usb-nic', driver: facts.driver }));
  }
  if (facts.hasDefaultRoute) reasons.push(objectionReason(facts.name, { code: 'default-route' }));
  const given = facts.addresses.find(({ address, scope, dynamic }) => scope === 'global' && (dynamic || !ownSubnets.contains(address)));
  if (given !== undefined) reasons.push(objectionReason(facts.name, { code: 'foreign-lease', ...given }));
  return reasons;
}

/** Drivers of the USB network card that a BMC shows to its host (inventory of Dell and ASRock machines). */
const BMC_DRIVERS = new Set(['cdc_ether', 'rndis_host']);

function refused(name: string, ...findings: Objection[]): ServingDecision {
  // two frames of one server may differ in what no person reads
  const reasons = new Map(findings.map((finding) => objectionReason(name, finding)).map((reason) => [reason.sentence, reason]));
  return { state: 'refused', reasons: [...reasons.values()] };
}

const PASSING: ReadonlySet<Reason['code']> = new Set(['probe-failed', 'same-segment', 'other-recon']);

/**
 * Only reasons that lie with us, or with another machine like us, can pass without anybody touching the cable. `afterRival`: one served here, and
 * its machines have its addresses until they are switched off.
 */
export function isWorthAnotherTry(verdict: ServingDecision, afterRival = false): boolean {
  return verdict.state === 'refused' && verdict.reasons.every(({ code }) => PASSING.has(code) || (afterRival && code === 'range-used'));
}

/** Whether nothing is in the way but another machine like us that goes first, and does not serve yet: soon it does, or it is gone. */
export function isAboutToBeServed(verdict: ServingDecision): boolean {
  return verdict.state === 'refused' && verdict.reasons.every(({ code, serves }) => code === 'other-recon' && serves !== true);
}
