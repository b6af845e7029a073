import type { PciFunction, PciLink } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import { type CopiedFiles, copiedValue, linkedName } from '../values/copied-files.ts';
import { nonEmptyObject } from '../values/non-empty.ts';
import { isPciAddress } from '../values/pci-address.ts';

/** Where /sys has a folder for each PCI function. */
export const PCI_DEVICES = 'sys/bus/pci/devices';

/** Addresses of the PCI functions that /sys knows. */
export function sysfsPciAddresses(files: Pick<CopiedFiles, 'list'>): string[] {
  return files.list(PCI_DEVICES).filter(isPciAddress);
}

/** What /sys says of a function by its address: numbers, driver, IOMMU group and link, no names. */
export function readPciSysfs(files: Pick<CopiedFiles, 'file' | 'index'>, address: string): PciFunction {
  const text = (file: string): string | undefined => copiedValue(files, `${PCI_DEVICES}/${address}/${file}`);
  const hex = (file: string, digits: number): string | undefined =>
    new RegExp(`^0x([0-9a-f]{${digits}})`, 'i').exec(text(file) ?? '')?.[1]?.toLowerCase();
  const link = definedOnly<PciLink>({
    speedGtps: gigatransfers(text('current_link_speed')),
    maxSpeedGtps: gigatransfers(text('max_link_speed')),
    width: lanes(text('current_link_width')),
    maxWidth: lanes(text('max_link_width')),
  });
  return definedOnly<PciFunction>({
    address,
    classId: hex('class', 4),
    vendorId: hex('vendor', 4),
    deviceId: hex('device', 4),
    subsystemVendorId: given(hex('subsystem_vendor', 4)),
    subsystemDeviceId: given(hex('subsystem_device', 4)),
    revision: hex('revision', 2),
    driver: linkedName(files, `${PCI_DEVICES}/${address}/driver`),
    numaNode: wholeNumber(text('numa_node')),
    iommuGroup: wholeNumber(linkedName(files, `${PCI_DEVICES}/${address}/iommu_group`)),
    link: nonEmptyObject(link),
  });
}

/** Bridges have no subsystem; all zeros and all ones stand for that. */
function given(id: string | undefined): string | undefined {
  return id === '0000' || id === 'ffff' ? undefined : id;
}

function gigatransfers(raw: string | undefined): number | undefined {
  const speed = Number(/^(\d+(?:\.\d+)?) GT\/s/.exec(raw ?? '')?.[1]);
  return speed > 0 ? speed : undefined;
}

/** 0 is a link that is down, 63 and 255 are ports that know no width; the specification ends at 32. */
function lanes(raw: string | undefined): number | undefined {
  const width = wholeNumber(raw);
  return width !== undefined && width >= 1 && width <= 32 ? width : undefined;
}
