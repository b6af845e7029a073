import type { Dimm, MemorySection } from '../../domain/record/memory.ts';
import { columnsOf } from './column.ts';

/** What is known of a slot for memory and of the module in it. */
export const DIMM = columnsOf<Dimm>()({
  slot: { label: 'Slot', type: 'text', about: 'name of the slot, or of its bank', of: (dimm) => dimm.locator ?? dimm.bankLocator },
  locator: { type: 'text', about: 'name of the slot; not unique', of: (dimm) => dimm.locator },
  bankLocator: { type: 'text', about: 'name of the bank', of: (dimm) => dimm.bankLocator },
  populated: { type: 'boolean', about: 'a module sits in the slot', of: (dimm) => dimm.populated },
  sizeBytes: { label: 'Size', type: 'bigint', about: 'size', of: (dimm) => dimm.sizeBytes },
  type: { label: 'Type', type: 'text', about: 'DDR4, DDR5 ...', of: (dimm) => dimm.type },
  ratedSpeedMtps: { type: 'bigint', about: 'what it can do', of: (dimm) => dimm.ratedSpeedMtps },
  configuredSpeedMtps: { type: 'bigint', about: 'what it runs at', of: (dimm) => dimm.configuredSpeedMtps },
  speedMtps: {
    label: 'Speed',
    type: 'bigint',
    about: 'what it runs at, or else what it can do',
    of: (dimm) => dimm.configuredSpeedMtps ?? dimm.ratedSpeedMtps,
  },
  manufacturer: { type: 'text', about: 'maker as the firmware says it', of: (dimm) => dimm.manufacturer },
  manufacturerName: { type: 'text', about: 'name behind a JEDEC number', of: (dimm) => dimm.manufacturerName },
  maker: {
    label: 'Manufacturer',
    type: 'text',
    about: 'maker; the name behind a JEDEC number',
    of: (dimm) => dimm.manufacturerName ?? dimm.manufacturer,
  },
  partNumber: { label: 'Part', type: 'text', about: 'part number', of: (dimm) => dimm.partNumber },
  serial: { label: 'Serial', type: 'text', about: 'serial number', of: (dimm) => dimm.serial },
  assetTag: { type: 'text', about: 'label of the module', of: (dimm) => dimm.assetTag },
  ecc: { type: 'boolean', about: 'it has check bits', of: (dimm) => dimm.ecc },
  rank: { type: 'bigint', about: 'number of ranks', of: (dimm) => dimm.rank },
  formFactor: { type: 'text', about: 'DIMM, SODIMM ...', of: (dimm) => dimm.formFactor },
  technology: { type: 'text', about: 'DRAM, NVDIMM-N ...', of: (dimm) => dimm.technology },
});

/** The modules, without empty slots. */
export function fittedDimms(memory: Pick<MemorySection, 'dimms'> | undefined): Dimm[] | undefined {
  return memory?.dimms.filter((dimm) => dimm.populated);
}
