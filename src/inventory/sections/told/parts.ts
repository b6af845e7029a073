import type { Dimm, MemorySection } from '../../../domain/record/memory.ts';
import type { PowerSupply } from '../../../domain/record/platform.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import { seenByAny } from '../../values/seen-by-any.ts';
import type { ToldFacts } from '../../values/told-facts.ts';
import { slotKey } from '../fru/slot-key.ts';

/** Modules of several slots are told by their serial numbers first, which firmware and BMC spell alike, then by what their slots' names mean. */
const DIMM_KEYS = [
  ({ serial }: Dimm) => bare(serial),
  ({ locator }: Dimm) => slotKey(locator),
  ({ bankLocator, locator }: Dimm) => slotKey(`${bankLocator ?? ''} ${locator ?? ''}`),
];

/** Memory with the modules that others name. Without any of the firmware's own, theirs are all there are, with the counts that follow. */
export function memoryWithTold(section: SectionResult<MemorySection>, told: readonly ToldFacts[]): SectionResult<MemorySection> {
  const others = told.map(({ dimms }) => dimms).find((dimms) => dimms.length > 0);
  if (others === undefined) return section;
  const own = section.status === 'ok' ? section.data : { dimms: [] };
  if (own.dimms.length > 0) return ok({ ...own, dimms: withSurelyOthers(own.dimms, others, DIMM_KEYS) });
  const populated = others.filter((dimm) => dimm.populated);
  const sizes = populated.map(({ sizeBytes }) => sizeBytes ?? 0).reduce((sum, size) => sum + size, 0);
  return ok({
    ...(sizes > 0 ? { installedBytes: sizes } : {}),
    slots: others.length,
    slotsPopulated: populated.length,
    slotsEmpty: others.length - populated.length,
    ...own,
    dimms: others,
  });
}

export function powerSuppliesWithTold(section: SectionResult<PowerSupply[]>, told: readonly ToldFacts[]): SectionResult<PowerSupply[]> {
  const others = told.flatMap(({ powerSupplies }) => powerSupplies);
  if (others.length === 0) return section;
  const own = section.status === 'ok' ? section.data : [];
  return ok(
    own.length === 0
      ? others
      : withSurelyOthers(own, others, [({ serial }) => bare(serial), ({ location, name }) => numberIn(location ?? name)]),
  );
}

/**
 * What is known, with what others add to the same parts. A part that matches none is another one only where its serial number is none of those that are known,
 * and every fitted part has one: a slot has a name of its own with each tool.
 */
function withSurelyOthers<T extends { serial?: string; populated?: boolean; present?: boolean }>(
  known: readonly T[],
  others: readonly T[],
  keys: readonly ((part: T) => string | undefined)[],
): T[] {
  const isEmpty = (part: T): boolean => part.populated === false || part.present === false;
  const join = (part: T, other: T): T =>
    isEmpty(part) || isEmpty(other) || speaksAgainst(part.serial, other.serial) ? part : { ...other, ...part };
  const joined = seenByAny(known, others, { keys, join });
  const areTold = known.every((part) => isEmpty(part) || part.serial !== undefined);
  const serials = new Set(known.map(({ serial }) => bare(serial)));
  return joined.filter((part, at) => at < known.length || (areTold && part.serial !== undefined && !serials.has(bare(part.serial))));
}

function speaksAgainst(serial: string | undefined, other: string | undefined): boolean {
  return serial !== undefined && other !== undefined && bare(serial) !== bare(other);
}

/** Hexadecimal digits with and without their sign, in either case. */
function bare(serial: string | undefined): string | undefined {
  return serial
    ?.toLowerCase()
    .replace(/^0x/, '')
    .replaceAll(/[^a-z0-9]/g, '');
}

function numberIn(name: string | undefined): string | undefined {
  return /(\d+)\D*$/.exec(name ?? '')?.[1]?.replace(/^0+(?=\d)/, '');
}
