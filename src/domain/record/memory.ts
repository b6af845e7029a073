import { z } from 'zod';
import { about, optional } from './section.ts';

const FRU = 'ipmitool fru print';
const of17 = (key: string): string => `dmidecode type 17 ${key}`;

/** SMBIOS type 17 (Memory Device). A slot without a module has `populated: false` and no size. */
export const Dimm = z.looseObject({
  handle: optional.text.meta(about('SMBIOS handle; locators are not unique', of17('Handle'))),
  locator: optional.text.meta(about('name of the slot; may occur more than once', of17('Locator'))),
  bankLocator: optional.text.meta(about('name of the bank, or of processor and channel', of17('Bank Locator'))),
  populated: z.boolean().meta(about('a module sits in the slot', of17('Size'))),
  sizeBytes: optional.count.meta(about('missing on a fitted module whose size the firmware does not know', of17('Size'))),
  type: optional.text.meta(about('DDR4, DDR5 …', of17('Type'))),
  ratedSpeedMtps: optional.count.meta(about('what the module can do', of17('Speed'))),
  configuredSpeedMtps: optional.count.meta(about('what it runs at', of17('Configured Memory Speed, or Configured Clock Speed'))),
  manufacturer: optional.text.meta(about('maker as the firmware says it', `${of17('Manufacturer')}, ${FRU} Manufacturer`)),
  partNumber: optional.text.meta(about('part number', `${of17('Part Number')}, ${FRU} Part Number`)),
  serial: optional.text.meta(about('serial number; some modules share one', `${of17('Serial Number')}, ${FRU} Serial Number`)),
  assetTag: optional.text.meta(about('label of the module', of17('Asset Tag'))),
  totalWidthBits: optional.count.meta(about('width with check bits', of17('Total Width'))),
  dataWidthBits: optional.count.meta(about('width without check bits', of17('Data Width'))),
  ecc: optional.flag.meta(
    about(
      'the module has check bits: total width above data width, or a total width that only such modules have',
      of17('Total Width, Data Width'),
    ),
  ),
  rank: optional.count.meta(about('number of ranks', of17('Rank'))),
  formFactor: optional.text.meta(about('DIMM, SODIMM …', of17('Form Factor'))),
  technology: optional.text.meta(about('DRAM, NVDIMM-N, Intel Optane … (SMBIOS 3.2)', of17('Memory Technology'))),
  nonVolatileBytes: optional.count.meta(about('part of the size that is persistent memory', of17('Non-Volatile Size'))),
  manufacturerName: optional.text.meta(
    about('name behind the JEDEC number of the maker of the module', of17('Module Manufacturer ID, or Manufacturer')),
  ),
});
export type Dimm = z.infer<typeof Dimm>;

const EDAC = '/sys/devices/system/edac/mc/*';
const MemoryController = z.looseObject({
  name: z.string().meta(about('kernel name, for example mc0', EDAC)),
  driver: optional.text.meta(about('what the driver calls it', `${EDAC}/mc_name`)),
  correctedErrors: optional.count.meta(about('since this boot', `${EDAC}/ce_count`)),
  uncorrectedErrors: optional.count.meta(about('since this boot', `${EDAC}/ue_count`)),
});

export const MemorySection = z.looseObject({
  totalBytes: optional.count.meta(about('what Linux can use', '/proc/meminfo MemTotal, lshw')),
  installedBytes: optional.count.meta(about('sum of the fitted DIMMs whose size is known', of17('Size'))),
  nonVolatileBytes: optional.count.meta(about('persistent memory of all modules', of17('Non-Volatile Size'))),
  maximumBytes: optional.count.meta(about('what the board can hold', 'dmidecode type 16 Maximum Capacity')),
  ecc: optional.text.meta(
    about('error correction of the memory array; "ECC" when only the modules show it', 'dmidecode type 16 Error Correction Type'),
  ),
  eccModules: optional.flag.meta(about('a fitted module has check bits, whatever the array says', of17('Total Width, Data Width'))),
  slots: optional.count.meta(about('memory devices that are no firmware flash', 'dmidecode type 17')),
  slotsPopulated: optional.count.meta(about('slots with a module', of17('Size'))),
  slotsEmpty: optional.count.meta(about('slots without a module', of17('Size'))),
  dimms: z.array(Dimm).meta(about('each memory device', 'dmidecode type 17')),
  controllers: z.array(MemoryController).exactOptional().meta(about('memory controllers that count errors', EDAC)),
});
export type MemorySection = z.infer<typeof MemorySection>;
