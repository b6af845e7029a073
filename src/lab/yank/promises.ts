import type { Mark, ReceiptMark } from './guest/marks.ts';

/** A mark, and its place in the log. */
export interface PlacedMark {
  at: number;
  mark: Mark;
}

/** What a stick must hold. */
export interface Promised {
  receipts: readonly ReceiptMark[];
  /** sha256 of the tarballs, one of which must be there whole; none: no tarball was announced yet */
  tarballs: readonly string[];
}

/**
 * What had been promised when `at` requests were done. A promise counts from the moment of its mark, whether or not the disk was asked to
 * flush since: a machine that has its receipt switches itself off. Of tarballs the newest that was announced, or the one after it.
 */
export function promisedAt(marks: readonly PlacedMark[], at: number): Promised {
  const receipts: ReceiptMark[] = [];
  let announced: string | undefined;
  let next: string | undefined;
  for (const { at: place, mark } of marks) {
    if (mark.kind === 'receipt') {
      if (place < at) receipts.push(mark);
    } else if (place < at) announced = mark.sha256;
    else next ??= mark.sha256;
  }
  return { receipts, tarballs: announced === undefined ? [] : [announced, ...(next === undefined ? [] : [next])] };
}
