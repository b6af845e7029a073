import type { EarlyFacts } from '../../domain/early-facts.ts';
import type { IdentityKey } from '../../domain/record/identity.ts';
import { fitsRecord } from './fits-record.ts';

/** An address that asked and brought no record. */
export interface AskingAddress {
  /** what its boot loader and initrd said */
  facts?: EarlyFacts | undefined;
  /** number of its latest event in the ledger; missing where there is no ledger */
  lastSequence?: number;
}

/**
 * Whether it is a port of the machine whose record names it; `sequence` is where the ledger was when that record came. A record may name any port,
 * also those of machines that were never seen, so it speaks of what was: what an address says later it says itself. Firmware tries one port after the
 * other before its machine is inventoried, and none of them afterwards but by a boot, in which it says who it is.
 */
export function isPortOf({ facts, lastSequence }: AskingAddress, claim: { keys: readonly IdentityKey[]; sequence: number }): boolean {
  const fit = fitsRecord(facts, claim.keys);
  return fit === 'fits' || (fit === 'unknown' && (lastSequence === undefined || lastSequence <= claim.sequence));
}
