import { z } from 'zod';
import { DATA_LABEL } from '../domain/image.ts';

const BlockDevice = z.looseObject({
  name: z.string(),
  pkname: z.string().nullish(),
  partuuid: z.string().nullish(),
  label: z.string().nullish(),
  fstype: z.string().nullish(),
  tran: z.string().nullish(),
  type: z.string().nullish(),
});
const Listing = z.looseObject({ blockdevices: z.array(BlockDevice) });

export interface DataPartitionQuery {
  /** the medium we booted from, for example `/dev/sda1` */
  bootDevice: string | undefined;
  /** PARTUUID from the kernel arguments */
  partUuid: string | undefined;
  /** an image for virtual machines may boot from any disk */
  anyTransport: boolean;
}

export type DataPartition = { found: true; device: string; disk: string } | { found: false; reason: string };

/**
 * Finds our data partition in `lsblk --json --list --output NAME,PKNAME,PARTUUID,LABEL,FSTYPE,TRAN,TYPE`. It must have the PARTUUID of
 * this image **and** lie on the disk that we booted from **and** that must be a USB disk: labels and even identifiers are
 * cloned, and nothing else may ever be written to.
 */
export function findDataPartition(lsblk: string, query: DataPartitionQuery): DataPartition {
  const no = (reason: string): DataPartition => ({ found: false, reason });
  if (query.bootDevice === undefined) return no('this system was not booted from a medium');
  if (query.partUuid === undefined) return no('the boot menu names no data partition');
  const { blockdevices } = Listing.parse(JSON.parse(lsblk));
  const bootName = query.bootDevice.replace('/dev/', '');
  const boot = blockdevices.find((device) => device.name === bootName);
  if (boot === undefined) return no(`${query.bootDevice} is not among the block devices`);
  const diskName = boot.type === 'part' ? (boot.pkname ?? '') : boot.name;
  const disk = blockdevices.find((device) => device.name === diskName);
  if (disk?.type === 'rom') return no('it was booted from a CD or virtual CD, which cannot be written');
  if (disk === undefined || (disk.tran !== 'usb' && !query.anyTransport)) return no(`${query.bootDevice} is not on a USB disk`);
  const partition = blockdevices.find(
    (device) => device.pkname === diskName && device.partuuid?.toLowerCase() === query.partUuid?.toLowerCase(),
  );
  if (partition === undefined) return no(`/dev/${diskName} has no partition ${query.partUuid}; was the image written whole?`);
  if (partition.fstype !== 'vfat' || partition.label !== DATA_LABEL)
    return no(`/dev/${partition.name} is not the FAT file system ${DATA_LABEL} any more`);
  return { found: true, device: `/dev/${partition.name}`, disk: diskName };
}
