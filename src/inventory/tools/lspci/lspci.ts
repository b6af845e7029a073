import type { PciFunction } from '../../../domain/record/devices.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { parseLspciText } from './text.ts';
import { type LspciRecord, parseLspciVmm } from './vmm.ts';

/** PCI functions of `lspci`, in its form for programs (`-Dvmmnnk`) or in that for people (`-nn`, `-nnk`); the text tells which it is. */
export function parseLspci(text: string): PciFunction[] {
  const machineReadable = parseLspciVmm(text).map(readFunction);
  return machineReadable.length > 0 ? machineReadable : parseLspciText(text);
}

function readFunction(record: LspciRecord): PciFunction {
  const name = (key: string): string | undefined => record.named.get(key)?.name;
  const id = (key: string): string | undefined => record.named.get(key)?.id;
  return definedOnly<PciFunction>({
    // without -D the first domain goes without saying
    address: /^[0-9a-f]{4,}:[0-9a-f]{2}:/i.test(record.slot) ? record.slot : `0000:${record.slot}`,
    classId: id('Class'),
    class: name('Class'),
    vendorId: id('Vendor'),
    vendor: name('Vendor'),
    deviceId: id('Device'),
    device: name('Device'),
    subsystemVendorId: id('SVendor'),
    subsystemVendor: name('SVendor'),
    subsystemDeviceId: id('SDevice'),
    subsystemDevice: name('SDevice'),
    driver: record.plain.get('Driver'),
    modules: record.modules.length === 0 ? undefined : [...record.modules],
    revision: record.plain.get('Rev'),
    slot: record.plain.get('PhySlot'),
    numaNode: wholeNumber(record.plain.get('NUMANode')),
  });
}
