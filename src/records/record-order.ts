import type { Receipt } from '../domain/api.ts';

/** More than any master counts to. */
const LATER = 2 ** 50;

/**
 * The greater, the newer: of two records of one machine the newer one is listed. One that came from an address which was not leased to its machine is
 * older than all others, because anybody there may have sent it.
 */
export function recordOrder(receipt: Pick<Receipt, 'masterSequence' | 'unleased'> | undefined): number {
  const sequence = receipt?.masterSequence ?? 0;
  return receipt?.unleased === true ? sequence - LATER : sequence;
}
