import { z } from 'zod';
import { about, count, optional, text } from './section.ts';

const MDADM = 'mdadm --examine';
const PVS = 'lvm pvs';
const VGS = 'lvm vgs';
const LVS = 'lvm lvs';

/** lvm rounds where it is not asked for bytes. */
const asPrinted = (what: string, source: string): ReturnType<typeof optional.text.meta> =>
  optional.text.meta(about(`${what} as printed, where lvm was not asked for bytes`, source));

const RaidMember = z.looseObject({
  device: text.meta(about('kernel name of the disk or partition', `${MDADM} /dev/…`)),
  role: optional.text.meta(about('its place in the array, as printed', `${MDADM} Device Role, This Slot`)),
  state: optional.text.meta(about('as printed', `${MDADM} State`)),
});

/** Software RAID as it is written on its members; nothing is assembled for it. */
export const SoftwareRaid = z.looseObject({
  uuid: text.meta(about('UUID of the array, or GUID of the volume', `${MDADM} Array UUID, UUID, VD GUID`)),
  name: optional.text.meta(about('name of the array', `${MDADM} Name`)),
  level: optional.text.meta(about('raid1, raid5 …', `${MDADM} Raid Level`)),
  metadata: optional.text.meta(about('version of the superblock, or imsm or ddf for what firmware made', `${MDADM} Version`)),
  deviceCount: count.exactOptional().meta(about('members that the array should have', `${MDADM} Raid Devices, Members`)),
  state: optional.text.meta(about('of a volume that firmware made: Normal, Optimal, Degraded …', `${MDADM} Map State, state`)),
  sizeBytes: optional.count.meta(about('usable size', `${MDADM} Array Size`)),
  members: z.array(RaidMember).meta(about('members that this machine has', MDADM)),
});
export type SoftwareRaid = z.infer<typeof SoftwareRaid>;

const PhysicalVolume = z.looseObject({
  device: text.meta(about('kernel name of the disk or partition', `${PVS} pv_name`)),
  uuid: optional.text.meta(about('UUID', `${PVS} pv_uuid`)),
  sizeBytes: optional.count.meta(about('size', `${PVS} pv_size`)),
  sizeText: asPrinted('size', `${PVS} PSize`),
  freeBytes: optional.count.meta(about('not given to a volume', `${PVS} pv_free`)),
  freeText: asPrinted('not given to a volume,', `${PVS} PFree`),
});

const LogicalVolume = z.looseObject({
  name: text.meta(about('name', `${LVS} lv_name`)),
  uuid: optional.text.meta(about('UUID', `${LVS} lv_uuid`)),
  sizeBytes: optional.count.meta(about('size', `${LVS} lv_size`)),
  sizeText: asPrinted('size', `${LVS} LSize`),
  layout: optional.text.meta(about('how it lies on the disks: linear, striped, raid,raid1 …', `${LVS} lv_layout`)),
});

/** A volume group of LVM as it is written on its disks; nothing is activated for it. */
export const VolumeGroup = z.looseObject({
  name: text.meta(about('name', `${VGS} vg_name`)),
  uuid: optional.text.meta(about('UUID', `${VGS} vg_uuid`)),
  sizeBytes: optional.count.meta(about('size', `${VGS} vg_size`)),
  sizeText: asPrinted('size', `${VGS} VSize`),
  freeBytes: optional.count.meta(about('not given to a volume', `${VGS} vg_free`)),
  freeText: asPrinted('not given to a volume,', `${VGS} VFree`),
  missingDevices: optional.count.meta(about('disks of the group that this machine does not have', `${VGS} vg_missing_pv_count`)),
  physicalVolumes: z.array(PhysicalVolume).meta(about('disks and partitions of the group', PVS)),
  logicalVolumes: z.array(LogicalVolume).meta(about('volumes in it', LVS)),
});
export type VolumeGroup = z.infer<typeof VolumeGroup>;
