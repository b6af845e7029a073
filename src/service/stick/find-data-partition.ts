import { z } from 'zod';
import { DATA_LABEL } from '../../domain/image.ts';

const BlockDevice = z.looseObject({
  name: z.string(),
  pkname: z.string().nullish(),
  partuuid: z.string().nullish(),
  label: z.string().nullish(),
  uuid: z.string().nullish(),
  serial: z.string().nullish(),
  model: z.string().nullish(),
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

/** What tells this stick from another one that was written with the same image. */
export interface StickIdentity {
  /** volume number of its file system */
  uuid: string | undefined;
  /** of the disk; some sticks have none */
  serial: string | undefined;
}

export type DataPartition =
  | { found: true; device: string; disk: string; identity: StickIdentity }
  /** `hint`: what to try, where there is something to be done beside plugging it in */
  | { found: false; reason: string; hint?: string };

/** Columns of lsblk that tell what is what. */
export const LSBLK_COLUMNS = 'NAME,PKNAME,PARTUUID,LABEL,UUID,SERIAL,MODEL,FSTYPE,TRAN,TYPE';

/**
 * Finds our data partition in `lsblk --json --list --output` of these columns. It must have the PARTUUID of
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
  if (partition === undefined) return no(missingWords(blockdevices, diskName, query.partUuid));
  if (partition.fstype !== 'vfat' || partition.label !== DATA_LABEL)
    return no(`/dev/${partition.name} is not the FAT file system ${DATA_LABEL} any more`);
  return { found: true, device: `/dev/${partition.name}`, disk: diskName, identity: identityOf(partition, disk) };
}

/** Windows gives a disk another number when two with the same one are plugged in; then nothing says any more that this RECONDATA is that of the image. */
function missingWords(blockdevices: readonly z.infer<typeof BlockDevice>[], diskName: string, partUuid: string): string {
  const number = partUuid.split('-')[1] ?? '';
  const renumbered = blockdevices.find(
    ({ pkname, label, fstype, partuuid }) =>
      pkname === diskName && label === DATA_LABEL && fstype === 'vfat' && partuuid?.endsWith(`-${number}`) === true,
  );
  return renumbered === undefined
    ? `/dev/${diskName} has no partition ${partUuid}; was the image written whole?`
    : `/dev/${renumbered.name} is ${DATA_LABEL}, but the disk has another number than the image (Windows does that when two sticks of one image are plugged in); write the image again`;
}

/** What a person should know when another stick of the same image is in this machine too: which one is written to. Nothing when there is none. */
export function otherStickWords(lsblk: string, { partUuid }: Pick<DataPartitionQuery, 'partUuid'>, disk: string): string[] {
  const { blockdevices } = Listing.parse(JSON.parse(lsblk));
  const diskOf = (name: string | null | undefined): z.infer<typeof BlockDevice> | undefined =>
    blockdevices.find((one) => one.name === name);
  const others = blockdevices.filter(
    (one) =>
      one.pkname !== disk &&
      one.partuuid?.toLowerCase() === partUuid?.toLowerCase() &&
      one.label === DATA_LABEL &&
      diskOf(one.pkname)?.tran === 'usb',
  );
  if (partUuid === undefined || others.length === 0) return [];
  const told = (name: string | null | undefined): string => {
    const { model, serial } = diskOf(name) ?? {};
    const more = [model?.trim(), serial?.trim() ? `serial number ${serial.trim()}` : undefined].filter((word) => word);
    return more.length === 0 ? `/dev/${name}` : `/dev/${name} (${more.join(', ')})`;
  };
  return [
    `another stick of the same image is plugged in: ${others.map(({ pkname }) => told(pkname)).join(', ')}.`,
    `Records go to ${told(disk)}. Pull the other one, so that nobody takes the wrong one home.`,
  ];
}

/**
 * Finds the partition of before once more, after it was pulled: the kernel gives it another name. The medium that we booted from went with it, so
 * that everything else must be the same: PARTUUID, label, volume number, and the disk's serial where it has one.
 */
export function findDataPartitionAgain(
  lsblk: string,
  { partUuid, anyTransport }: Pick<DataPartitionQuery, 'partUuid' | 'anyTransport'>,
  before: StickIdentity,
): DataPartition {
  const { blockdevices } = Listing.parse(JSON.parse(lsblk));
  const found = blockdevices.flatMap((partition) => {
    const disk = blockdevices.find(({ name }) => name === partition.pkname);
    const isOurs =
      partition.partuuid?.toLowerCase() === partUuid?.toLowerCase() && partition.fstype === 'vfat' && partition.label === DATA_LABEL;
    if (!isOurs || disk === undefined || (disk.tran !== 'usb' && !anyTransport)) return [];
    const identity = identityOf(partition, disk);
    const isSame = identity.uuid === before.uuid && (before.serial ?? identity.serial) === (identity.serial ?? before.serial);
    return [{ isSame, device: `/dev/${partition.name}`, disk: disk.name, identity }];
  });
  const [same, ...others] = found.filter(({ isSame }) => isSame);
  if (same !== undefined && others.length === 0) return { found: true, device: same.device, disk: same.disk, identity: same.identity };
  if (same !== undefined) {
    const reason = `${[same, ...others].map(({ device }) => device).join(' and ')} look the same`;
    return { found: false, reason, hint: 'Pull the one that was not in before.' };
  }
  if (found.length === 0) return { found: false, reason: 'it is not plugged in' };
  return {
    found: false,
    reason: `${found.map(({ device }) => device).join(' and ')} is another stick of the same image`,
    hint: 'Plug in the one that was in before.',
  };
}

function identityOf({ uuid }: z.infer<typeof BlockDevice>, { serial }: z.infer<typeof BlockDevice>): StickIdentity {
  return { uuid: uuid ?? undefined, serial: serial?.trim() === '' ? undefined : (serial?.trim() ?? undefined) };
}
