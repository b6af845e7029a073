import type { Capture } from '../../../domain/capture.ts';
import type { PciFunction } from '../../../domain/record/devices.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { decodeText, wholeLines, wholeNumber } from '../../../domain/values/text.ts';
import { lshwPciFunctions } from '../../tools/lshw/pci.ts';
import { parseLspciText } from '../../tools/lspci-text.ts';
import { type LspciRecord, parseLspciVmm } from '../../tools/lspci-vmm.ts';
import { noData, ok, type SectionResult } from '../../values/section.ts';
import { readPciSysfs, sysfsPciAddresses } from './pci-sysfs.ts';

/**
 * PCI functions from `lspci -Dvmmnnk` with what /sys adds, in bus order; /sys alone gives numbers without names. Without both, as
 * lshw lists them.
 */
export function normalisePci(capture: Capture): SectionResult<PciFunction[]> {
  const functions = pciFunctions(capture);
  if (functions.length > 0) return ok(functions);
  const fromLshw = lshwPciFunctions(capture);
  if (fromLshw.length > 0) return ok(fromLshw);
  const lspci = capture.index.commands.find((command) => command.id === 'lspci');
  // a machine without a PCI bus is no failure: lspci ends well and prints nothing
  const hasPrinted = decodeText(capture.output('lspci')).trim() !== '';
  return lspci?.status === 'ok' && !hasPrinted ? ok([]) : noData(capture, ['lspci']);
}

export function pciFunctions(capture: Capture): PciFunction[] {
  const text = wholeLines(decodeText(capture.output('lspci')));
  const machineReadable = parseLspciVmm(text).map(readFunction);
  const listed = machineReadable.length > 0 ? machineReadable : parseLspciText(text);
  const known = new Map(listed.map((found) => [found.address, found]));
  const fromSysfs = sysfsPciAddresses(capture).map((address) => readPciSysfs(capture, address));
  const byAddress = new Map(fromSysfs.map((found) => [found.address, found]));
  const others = fromSysfs.filter((found) => !known.has(found.address));
  return [...[...known.values()].map((found) => ({ ...byAddress.get(found.address), ...found })), ...others];
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
    revision: record.plain.get('Rev'),
    slot: record.plain.get('PhySlot'),
    numaNode: wholeNumber(record.plain.get('NUMANode')),
  });
}
