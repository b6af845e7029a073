import { definedOnly } from '../../domain/values/defined-only.ts';
import { type CopiedFiles, linkTarget } from './copied-files.ts';
import { isPciAddress } from './pci-address.ts';

/** What a device's path below /sys/devices tells. */
export interface DevicePlace {
  /** made by Linux, not by hardware */
  isVirtual: boolean;
  /** the nearest PCI function above the device, `0000:00:1f.2` */
  pciAddress?: string;
  /** the bus that the device itself sits on */
  bus?: 'pci' | 'usb' | 'virtio' | 'platform';
}

/** Where the device of a link such as `sys/block/sda` hangs; undefined when the capture does not have the link. */
export function devicePlace(files: Pick<CopiedFiles, 'index'>, link: string): DevicePlace | undefined {
  const path = linkTarget(files, link);
  return path === undefined ? undefined : parseDevicePath(path);
}

/** Reads a resolved path such as `sys/devices/pci0000:00/0000:00:03.0/virtio0/net/eth0`. */
export function parseDevicePath(path: string): DevicePlace {
  const parts = path.split('/');
  const pciAddress = parts.findLast(isPciAddress);
  const bus = busOf(parts, pciAddress);
  return {
    // a multipath NVMe namespace is hardware behind a virtual subsystem
    isVirtual: parts.includes('virtual') && !parts.includes('nvme-subsystem'),
    ...definedOnly({ pciAddress, bus }),
  };
}

function busOf(parts: readonly string[], pciAddress: string | undefined): DevicePlace['bus'] {
  if (parts.some((part) => /^usb\d+$/.test(part))) return 'usb';
  if (parts.some((part) => /^virtio\d+$/.test(part))) return 'virtio';
  if (pciAddress !== undefined) return 'pci';
  return parts.includes('platform') ? 'platform' : undefined;
}
