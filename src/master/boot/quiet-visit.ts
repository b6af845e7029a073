import type { StoredRevision } from '../../records/revisions.ts';

/** Fewer prove nothing: a rack has a switch of its own. */
const LEAST_MACHINES = 5;

/**
 * Whether the machines of this visit have heard no switch so far, although they listened: then the next one need not listen for as long as a switch may
 * be silent (IEEE 802.1AB: 30 s). The first that hears one ends that for all.
 */
export function isQuietVisit(stored: readonly Pick<StoredRevision, 'receipt' | 'facts'>[]): boolean {
  const delivered = stored.filter(({ receipt }) => receipt !== undefined);
  return delivered.length >= LEAST_MACHINES && delivered.every(({ facts }) => facts.hearsSwitch !== true);
}
