import { subnetSet } from '../../domain/ip-address.ts';
import type { SegmentRange } from '../../domain/segment-range.ts';
import type { Evidence } from './classify.ts';
import { type Objection, objectionReason, type Reason } from './reasons.ts';

/** An address of a range of ours that somebody has. */
export type UsedAddress = Extract<Evidence, { code: 'range-used' }>;

/** The range that a quiet segment is served with, and what was found in those before it. */
export interface ChosenRange {
  range: SegmentRange;
  used: readonly UsedAddress[];
}

/**
 * The first range of which nobody has an address; the ones before it that somebody uses are told. `again`: those that are free went to
 * other interfaces meanwhile.
 */
export function chooseRange(
  name: string,
  { ranges, used, others }: { ranges: readonly SegmentRange[]; used: readonly UsedAddress[]; others: ReadonlySet<number> },
): ChosenRange | { refused: Reason[] } | 'again' {
  const usersOf = (range: SegmentRange): UsedAddress[] =>
    used.filter(({ address }) => range.addresses.includes(address) || subnetSet([range.subnet]).contains(address));
  const free = ranges.filter((range) => usersOf(range).length === 0);
  const range = free.find(({ number }) => !others.has(number));
  if (range !== undefined) return { range, used: ranges.slice(0, ranges.indexOf(range)).flatMap(usersOf) };
  return free.length > 0 ? 'again' : { refused: used.map((one) => objectionReason(name, one)) };
}

export function isUsedAddress(finding: Objection): finding is UsedAddress {
  return finding.code === 'range-used';
}
