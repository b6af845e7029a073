import type { SubnetSet } from '../../domain/ip-address.ts';
import type { Evidence } from './classify.ts';
import type { ProbeMark } from './packets/probes.ts';
import type { Objection } from './reasons.ts';

/** Another machine like us on the segment: its probes carry a mark that none of our interfaces has. */
export type Rival = Pick<ProbeMark, 'probeId' | 'serves'>;

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
export function mayBeRival(evidence: Evidence, ownSubnets: SubnetSet): boolean {
  if (['router-advertisement', 'foreign-dhcp6-server', 'address-taken'].includes(evidence.code)) return true;
  const isServer = evidence.code === 'foreign-dhcp-server' || evidence.code === 'foreign-pxe-server';
  return isServer && evidence.address !== undefined && ownSubnets.contains(evidence.address);
}

/** Who else is there, while one of our interfaces is probed or served. */
export interface RivalMeetings {
  /** takes a probe of another machine like us, and says what it means for this segment */
  meet(rival: Rival): Evidence | undefined;
  /** whether evidence is explained by one that was heard just now and is about to stop */
  excuses(evidence: Evidence): boolean;
  /** has the other one say who it is, if it is one like us */
  ask(): void;
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
  const ask = (): void => {
    if (!own.serves || nowMs() - answeredMs < ANSWER_EVERY_MS) return;
    answeredMs = nowMs();
    answer();
  };
  return {
    ask,
    meet: (rival) => {
      heardMs = nowMs();
      ask();
      if (rivalGoesBefore(rival, own)) return { code: 'other-recon', ...(rival.serves === true ? { serves: true } : {}) };
      onYield();
      return own.serves ? { code: 'other-recon', yields: true } : undefined;
    },
    excuses: (evidence) => own.serves && nowMs() - heardMs < STOPPING_MS && mayBeRival(evidence, ownSubnets),
  };
}

/** One sentence for another machine like us that serves, and not one for each of its servers and addresses. */
export function withoutRival(found: readonly Objection[], ownSubnets: SubnetSet): Objection[] {
  const serves = found.some((one) => one.code === 'other-recon' && one.serves === true);
  if (!serves) return [...found];
  const macs = new Set(
    found.flatMap((one) => {
      const isServer = one.code === 'foreign-dhcp-server' || one.code === 'foreign-pxe-server';
      return isServer && mayBeRival(one, ownSubnets) ? [one.mac] : [];
    }),
  );
  return found.filter((one) => !('mac' in one) || !macs.has(one.mac));
}
