import { type SubnetSet, subnetSet } from '../../domain/ip-address.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { Evidence } from './classify.ts';
import type { ProbeMark } from './packets/probes.ts';
import type { ServingMaster } from './packets/serving-master.ts';
import type { Objection } from './reasons.ts';

/** Another machine like us on the segment: its probes carry a mark that none of our interfaces has. */
export type Rival = Pick<ProbeMark, 'probeId' | 'serves' | 'by'>;

/**
 * Whether the other one is to serve the segment: who serves already goes before who only looks; of two that are equal the one with the lower
 * mark. Both come to the same answer, because each hears the other's probes.
 */
export function rivalGoesBefore(rival: Rival, own: { probeId: number; serves: boolean }): boolean {
  const serves = rival.serves === true;
  return serves === own.serves ? rival.probeId < own.probeId : serves;
}

/**
 * Whether evidence may come from another machine like us: its DHCP server names an address of our ranges, and its own address is usually the
 * same as ours. Router and DHCPv6 server name only themselves.
 */
export function mayBeRival(evidence: Objection, ownSubnets: SubnetSet): boolean {
  if (['router-advertisement', 'foreign-dhcp6-server', 'address-taken'].includes(evidence.code)) return true;
  return isDhcpServer(evidence) && evidence.address !== undefined && ownSubnets.contains(evidence.address);
}

/** It gives addresses or boot files over IPv4. */
export function isDhcpServer(found: Objection): found is Extract<Evidence, { code: 'foreign-dhcp-server' | 'foreign-pxe-server' }> {
  return found.code === 'foreign-dhcp-server' || found.code === 'foreign-pxe-server';
}

/** Whether it comes from that master, or from a machine that it has given an address. */
function isOf(found: Objection, { mac, subnet }: ServingMaster): boolean {
  if ('mac' in found && found.mac === mac) return true;
  return isUser(found) && subnet !== undefined && subnetSet([subnet]).contains(found.address);
}

/** Somebody with an address, and no server. */
function isUser(found: Objection): found is Extract<Evidence, { code: 'foreign-traffic' | 'range-used' }> {
  return found.code === 'foreign-traffic' || found.code === 'range-used';
}

/** Who else is there, while one of our interfaces is probed or served. */
export interface RivalMeetings {
  /** takes a probe of another machine like us, and says what it means for this segment */
  meet(rival: Rival): Evidence | undefined;
  /** whether evidence is explained by one that was heard just now and is about to stop */
  excuses(evidence: Evidence): boolean;
  /** has the other one say who it is, if it is one like us */
  ask(): void;
  /** whether a probe of another machine like us came within the last so many milliseconds */
  wasHeard(withinMs: number): boolean;
}

interface RivalMeetingsInput {
  own: { probeId: number; serves: boolean };
  ownSubnets: SubnetSet;
  /** sends one probe, which says that the segment is served */
  answer: () => void;
  /** called for one that leaves the segment to us */
  onYield: () => void;
  nowMs?: () => number;
}

/** Answers come at most so often: two machines must not keep each other talking. */
const ANSWER_EVERY_MS = 500;
/** How long the servers of one that stops may still speak. */
const STOPPING_MS = 5000;

export function rivalMeetings({ own, ownSubnets, answer, onYield, nowMs = () => performance.now() }: RivalMeetingsInput): RivalMeetings {
  let [heardMs, answeredMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let heardOf: ServingMaster | undefined;
  const ask = (): void => {
    if (!own.serves || nowMs() - answeredMs < ANSWER_EVERY_MS) return;
    answeredMs = nowMs();
    answer();
  };
  return {
    ask,
    wasHeard: (withinMs) => nowMs() - heardMs < withinMs,
    meet: (rival) => {
      heardMs = nowMs();
      heardOf = rival.by;
      ask();
      if (rivalGoesBefore(rival, own)) return { code: 'other-recon', ...definedOnly({ serves: rival.serves, by: rival.by }) };
      onYield();
      return own.serves ? { code: 'other-recon', yields: true } : undefined;
    },
    excuses: (evidence) =>
      own.serves &&
      nowMs() - heardMs < STOPPING_MS &&
      (mayBeRival(evidence, ownSubnets) || (heardOf !== undefined && isOf(evidence, heardOf))),
  };
}

/**
 * One sentence for another machine like us that serves, and not one for each of its servers, addresses and machines. A stick of another
 * version does not say who it is; then its DHCP server is one that names an address of our ranges, and so are its machines those that have one.
 * One that goes first and was heard before it served may have begun behind our last question: what its servers would say is left to the next look.
 */
export function withoutRival(found: readonly Objection[], ownSubnets: SubnetSet): Objection[] {
  const rivals = found.filter((one) => one.code === 'other-recon' && one.serves === true);
  if (rivals.length === 0) {
    const goesFirst = found.some((one) => one.code === 'other-recon' && one.yields !== true);
    return found.filter((one) => !goesFirst || !(mayBeRival(one, ownSubnets) || (isUser(one) && ownSubnets.contains(one.address))));
  }
  const named = rivals.flatMap((one) => (one.code === 'other-recon' && one.by !== undefined ? [one.by] : []));
  const macs = new Set(found.flatMap((one) => (isDhcpServer(one) && mayBeRival(one, ownSubnets) ? [one.mac] : [])));
  const isExplained = (one: Objection): boolean =>
    named.some((by) => isOf(one, by)) || ('mac' in one && macs.has(one.mac)) || (isUser(one) && ownSubnets.contains(one.address));
  return found.filter((one) => !isExplained(one));
}
