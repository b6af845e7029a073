import type { Disk } from '../../../domain/record/storage.ts';
import { isDiskName } from '../../../domain/values/block-device.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { driveVendor } from '../../values/drive-vendor.ts';
import { pciAddressAbove } from './pci.ts';
import type { LshwNode } from './tree.ts';

/** Disks as lshw lists them, in its order; empty without its output. */
export function lshwDisks(nodes: readonly LshwNode[]): Disk[] {
  const media = new Map(nodes.filter((node) => node.id === 'medium').map((node) => [diskName(node), node.size]));
  const disks = nodes.flatMap((node) => {
    const name = /^(disk|namespace)(:\d+)?$/.test(node.id) ? diskName(node) : undefined;
    return name === undefined ? [] : [readDisk(name, node, node.size ?? media.get(name))];
  });
  return [...new Map(disks.map((disk) => [disk.name, disk])).values()];
}

function diskName(node: LshwNode): string | undefined {
  return node.logicalNames.map((path) => path.replace(/^\/dev\//, '').replaceAll('/', '!')).find(isDiskName);
}

function readDisk(name: string, node: LshwNode, sizeBytes: number | undefined): Disk {
  // of an NVMe namespace lshw writes what the drive is at the controller above it
  const controller = name.startsWith('nvme') ? node.parents.findLast((parent) => parent.logicalNames.some(isNvmeController)) : undefined;
  const drive = controller ?? node;
  const logical = wholeNumber(node.configuration.get('logicalsectorsize'));
  const isRemovable = node.capabilities.has('removable');
  return definedOnly<Disk>({
    name,
    sizeBytes,
    // lshw leaves a size of zero out
    mediumPresent: sizeBytes === undefined && isRemovable ? false : undefined,
    removable: isRemovable ? true : undefined,
    model: meaningful(drive.product),
    vendor: driveVendor(node.vendor),
    serial: meaningfulIdentity(drive.serial),
    firmware: meaningful(drive.version),
    transport: name.startsWith('nvme') ? 'nvme' : node.parents.some(isUsbStorage) ? 'usb' : undefined,
    hctl: hctlOfBusinfo(node.businfo),
    pciAddress: pciAddressAbove(node),
    // releases that print one size only do not say which it is; speeds such as 15000rpm are left out: lshw has them of SSDs too
    logicalBlockBytes: logical,
    physicalBlockBytes: logical === undefined ? undefined : wholeNumber(node.configuration.get('sectorsize')),
  });
}

function isNvmeController(path: string): boolean {
  return /^\/dev\/nvme\d+$/.test(path);
}

function isUsbStorage(node: LshwNode): boolean {
  return ['usb-storage', 'uas'].includes(node.configuration.get('driver') ?? '');
}

/** `scsi@4:0.0.0` is host, channel, target and unit. */
function hctlOfBusinfo(businfo: string | undefined): string | undefined {
  const [, host, rest] = /^scsi@(\d+):(\d+\.\d+\.\d+)$/.exec(businfo ?? '') ?? [];
  return host === undefined || rest === undefined ? undefined : `${host}:${rest.replaceAll('.', ':')}`;
}
