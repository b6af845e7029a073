import type { Fru } from '../../../domain/record/bmc.ts';
import type { Dimm } from '../../../domain/record/memory.ts';
import type { PowerSupply } from '../../../domain/record/platform.ts';
import type { BoardSection } from '../../../domain/record/system.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { pairsByKey, slotKey } from './slot-key.ts';

/**
 * Memory modules with what the BMC knows of the module in the same slot: on some servers it alone has the serial numbers. Joined only where each module
 * of the BMC has a slot of the firmware's, because some BMCs count from zero and some from one. Without any slot of the firmware's, those of the BMC.
 */
export function withFruModules(dimms: readonly Dimm[], frus: readonly Fru[]): Dimm[] {
  const modules = frus.filter((fru) => fru.memorySerial !== undefined || fru.memoryPartNumber !== undefined);
  if (dimms.length === 0) return modules.map(moduleAlone);
  const fitted = dimms.filter((dimm) => dimm.populated);
  for (const keyOf of SLOT_KEYS) {
    const pairs = pairsByKey(fitted, modules, { left: keyOf, right: (fru) => slotKey(fru.name) });
    if (modules.length === 0 || pairs.size < modules.length || [...pairs].some(([dimm, fru]) => speaksAgainst(dimm, fru))) continue;
    return dimms.map((dimm) => {
      const fru = pairs.get(dimm);
      return fru === undefined ? dimm : { ...factsOfModule(fru), ...dimm };
    });
  }
  return [...dimms];
}

/** By the slot's own name; by bank and slot; and without the letter of the channel that some firmware appends. */
const SLOT_KEYS: readonly ((dimm: Dimm) => string | undefined)[] = [
  (dimm) => slotKey(dimm.locator),
  (dimm) => slotKey(`${dimm.bankLocator ?? ''} ${dimm.locator ?? ''}`),
  (dimm) => slotKey(dimm.locator?.replace(/(\d)[A-Z]$/i, '$1')),
];

function speaksAgainst(dimm: Dimm, fru: Fru): boolean {
  const differ = (left: number | undefined, right: number | undefined): boolean =>
    left !== undefined && right !== undefined && left !== right;
  return differ(dimm.sizeBytes, fru.memoryBytes) || (dimm.serial !== undefined && !isSameText(dimm.serial, fru.memorySerial));
}

function isSameText(text: string, other: string | undefined): boolean {
  return other === undefined || text.toLowerCase().replace(/^0x/, '') === other.toLowerCase();
}

function factsOfModule(fru: Fru): Partial<Dimm> {
  const { memoryManufacturer: manufacturer, memoryPartNumber: partNumber, memorySerial: serial } = fru;
  return definedOnly<Partial<Dimm>>({ manufacturer, partNumber, serial });
}

function moduleAlone(fru: Fru): Dimm {
  return definedOnly<Dimm>({ locator: fru.name, populated: true, sizeBytes: fru.memoryBytes, type: fru.memoryType, ...factsOfModule(fru) });
}

/** Power supplies with what the BMC knows of the one with the same number; without any of the firmware's, those of the BMC. */
export function withFruSupplies(supplies: readonly PowerSupply[], frus: readonly Fru[]): PowerSupply[] {
  const known = frus
    .filter((fru) => /power ?supply|\bpsu|\bps ?\d|\bpwr/i.test(fru.name))
    .filter((fru) => fru.productSerial ?? fru.boardSerial);
  if (supplies.length === 0)
    return known.map((fru) => definedOnly<PowerSupply>({ location: fru.name, ...factsOfSupply(fru), present: true }));
  const pairs = pairsByKey(supplies, known, {
    left: (supply) => numberIn(supply.location ?? supply.name),
    right: (fru) => numberIn(fru.name),
  });
  // one that counts from zero would be joined with its neighbour
  if (pairs.size < known.length) return [...supplies];
  return supplies.map((supply) => {
    const fru = supply.present === false ? undefined : pairs.get(supply);
    return fru === undefined ? supply : { ...factsOfSupply(fru), ...supply };
  });
}

function factsOfSupply(fru: Fru): Partial<PowerSupply> {
  return definedOnly<Partial<PowerSupply>>({
    name: fru.productName ?? fru.boardProduct,
    manufacturer: fru.productManufacturer ?? fru.boardManufacturer,
    model: fru.productPartNumber ?? fru.boardPartNumber,
    serial: fru.productSerial ?? fru.boardSerial,
  });
}

function numberIn(name: string | undefined): string | undefined {
  return /(\d+)\D*$/.exec(name ?? '')?.[1]?.replace(/^0+(?=\d)/, '');
}

/** The baseboard with what the BMC's own FRU says of it, where the firmware does not. */
export function withFruBoard(board: BoardSection, frus: readonly Fru[]): BoardSection {
  const own = frus.find((fru) => /^(builtin fru|(main|base|mother|system) ?board|mb\b)/i.test(fru.name) && fru.boardSerial !== undefined);
  if (own === undefined) return board;
  const facts = { vendor: own.boardManufacturer, product: own.boardProduct, serial: own.boardSerial };
  return { ...definedOnly<BoardSection>(facts), ...board };
}
