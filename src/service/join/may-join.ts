/** What the warden knows of a master by itself, without asking it. */
export interface WardenFacts {
  storage: 'stick' | 'ram' | undefined;
  /** dnsmasq runs for it */
  isServing: boolean;
  /** dnsmasq has given a machine an address in this boot */
  hasGivenAddress: boolean;
  /** records that it keeps, its own among them */
  recordCount: number;
  /** recon.role=master */
  isForced: boolean;
  /** since it came back from another master, in milliseconds; undefined when it never joined one */
  sinceLastMs: number | undefined;
}

/** A master that gave no lease, or was none, is not joined again before. */
export const JOIN_AGAIN_MS = 5 * 60_000;

/** Why a master may not become a peer; undefined when it may. */
export function joinRefusal(facts: WardenFacts): string | undefined {
  if (facts.storage !== 'ram') return 'it has a stick to write to';
  if (facts.isForced) return 'recon.role=master';
  if (facts.isServing) return 'it serves a network';
  if (facts.hasGivenAddress) return 'it has given a machine an address';
  if (facts.recordCount > 1) return 'it has records of other machines';
  if (facts.sinceLastMs !== undefined && facts.sinceLastMs < JOIN_AGAIN_MS)
    return `it came back from there ${Math.round(facts.sinceLastMs / 1000)} s ago; it is tried again after ${JOIN_AGAIN_MS / 60_000} minutes`;
  return undefined;
}
