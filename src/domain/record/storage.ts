import { z } from 'zod';
import { count, optional, text } from './section.ts';

/** A trace of software RAID, LVM or a file system on a disk or partition, as lsblk names it. */
export const Signature = z.looseObject({
  device: text.meta({ description: 'disk or partition, kernel name' }),
  type: text.meta({ description: 'as lsblk says: linux_raid_member, LVM2_member, zfs_member, ext4 …' }),
  uuid: optional.text,
});
export type Signature = z.infer<typeof Signature>;

/** NVMe: namespace and subsystem of a disk. Source: /sys/block, /sys/class/nvme, `nvme list`. */
export const NvmeNamespace = z.looseObject({
  namespaceId: optional.count,
  nguid: optional.text,
  eui64: optional.text,
  uuid: optional.text,
  usedBytes: optional.count,
  metadataBytes: optional.count.meta({ description: 'per logical block' }),
  subsystemNqn: optional.text,
  controllerId: optional.count,
});
export type NvmeNamespace = z.infer<typeof NvmeNamespace>;

/** SMART and its relatives; what a drive says of its own health. Source: smartctl, `nvme smart-log`. */
const health = {
  smartPassed: optional.flag,
  temperatureCelsius: z.number().exactOptional(),
  powerOnHours: optional.count,
  powerCycles: optional.count,
  wearPercent: optional.count.meta({ description: 'rated endurance that is used up; may pass 100' }),
  availableSparePercent: optional.count,
  grownDefects: optional.count.meta({ description: 'SCSI grown defect list' }),
  reallocatedSectors: optional.count.meta({ description: 'ATA attribute 5' }),
  pendingSectors: optional.count.meta({ description: 'ATA attribute 197' }),
  mediaErrors: optional.count.meta({ description: 'NVMe media errors, or uncorrected errors of the SCSI error counters' }),
  writtenBytes: optional.count.meta({ description: 'written by the host in the life of the drive, NVMe' }),
};

export const Disk = z.looseObject({
  name: text.meta({ description: 'kernel name, for example sda; of several paths the first' }),
  sizeBytes: optional.count,
  model: optional.text,
  vendor: optional.text,
  serial: optional.text,
  wwn: optional.text,
  firmware: optional.text,
  rotational: optional.flag,
  removable: optional.flag,
  readOnly: optional.flag,
  transport: optional.text.meta({ description: 'as lsblk says: sata, sas, nvme, usb, virtio …' }),
  logicalBlockBytes: optional.count,
  physicalBlockBytes: optional.count,
  mediumPresent: optional.flag.meta({ description: 'false: a drive of size zero, such as the virtual floppy of a BMC' }),
  rotationRpm: optional.count,
  formFactor: optional.text,
  hctl: optional.text.meta({ description: 'SCSI host:channel:target:lun' }),
  byPath: optional.text.meta({ description: 'name below /dev/disk/by-path' }),
  pciAddress: optional.text.meta({ description: 'controller that the disk hangs on' }),
  ...health,
  enclosure: optional.text.meta({ description: 'vendor and model of the enclosure, or its SCSI address' }),
  enclosureSlot: optional.text.meta({ description: 'slot as the enclosure names it' }),
  paths: z.array(text).exactOptional().meta({ description: 'kernel names of all paths to a disk that has several' }),
  multipathName: optional.text.meta({ description: 'the device-mapper name, where one is made' }),
  nvme: NvmeNamespace.exactOptional(),
  signatures: z.array(Signature).exactOptional(),
});
export type Disk = z.infer<typeof Disk>;

/** A RAID controller's own view of a drive, or a drive that only smartctl reaches through a controller. */
export const PhysicalDrive = z.looseObject({
  enclosure: optional.text,
  slot: optional.text,
  deviceId: optional.text.meta({ description: "the controller's number of the drive" }),
  state: optional.text.meta({ description: 'as the tool prints it: Onln, UGood, Offln …' }),
  driveGroup: optional.text,
  sizeText: optional.text.meta({ description: 'as printed; storcli rounds, and its TB are 1024^4 bytes' }),
  sizeBytes: optional.count.meta({ description: 'only where the tool gives sectors or bytes' }),
  interface: optional.text,
  medium: optional.text,
  vendor: optional.text,
  model: optional.text,
  serial: optional.text,
  wwn: optional.text,
  firmware: optional.text,
  rotationRpm: optional.count,
  ...health,
  predictiveFailures: optional.count,
  otherErrors: optional.count,
  smartctlType: optional.text.meta({ description: 'how smartctl reaches it: megaraid,14' }),
});
export type PhysicalDrive = z.infer<typeof PhysicalDrive>;

export const VirtualDrive = z.looseObject({
  id: text,
  driveGroup: optional.text,
  level: optional.text,
  state: optional.text,
  sizeText: optional.text,
  sizeBytes: optional.count,
  name: optional.text,
  cache: optional.text,
  device: optional.text.meta({ description: 'kernel name of the disk that it is' }),
});
export type VirtualDrive = z.infer<typeof VirtualDrive>;

/** Source: storcli or perccli JSON, ssacli text. */
export const RaidController = z.looseObject({
  id: text,
  tool: text.meta({ description: 'that described it' }),
  model: optional.text,
  serial: optional.text,
  firmware: optional.text,
  firmwarePackage: optional.text,
  biosVersion: optional.text,
  driver: optional.text,
  sasAddress: optional.text,
  pciAddress: optional.text,
  health: optional.text,
  battery: z.looseObject({ model: optional.text, state: optional.text, temperatureCelsius: z.number().exactOptional() }).exactOptional(),
  foreignDrives: optional.count.meta({ description: 'drives with a configuration of another controller' }),
  virtualDrives: z.array(VirtualDrive),
  physicalDrives: z.array(PhysicalDrive),
});
export type RaidController = z.infer<typeof RaidController>;

/** Source: `mdadm --examine`; nothing is assembled for it. */
export const SoftwareRaid = z.looseObject({
  uuid: text,
  name: optional.text,
  level: optional.text,
  metadata: optional.text.meta({ description: 'version of the superblock' }),
  deviceCount: optional.count.meta({ description: 'members that the array should have' }),
  sizeBytes: optional.count,
  members: z.array(z.looseObject({ device: text, role: optional.text, state: optional.text })),
});
export type SoftwareRaid = z.infer<typeof SoftwareRaid>;

/** FC and SAS host adapters. Source: /sys/class/fc_host, /sys/class/scsi_host. */
export const HostAdapter = z.looseObject({
  name: text.meta({ description: 'host0 …' }),
  driver: optional.text,
  model: optional.text,
  serial: optional.text,
  firmware: optional.text,
  pciAddress: optional.text,
  wwpn: optional.text,
  wwnn: optional.text,
  sasAddress: optional.text,
  portState: optional.text,
  speed: optional.text,
  supportedSpeeds: optional.text,
});
export type HostAdapter = z.infer<typeof HostAdapter>;

export const StorageSection = z.looseObject({
  diskCount: count.meta({ description: 'disks with a medium, several paths counted once' }).exactOptional(),
  controllers: z.array(RaidController).exactOptional(),
  hiddenDrives: z.array(PhysicalDrive).exactOptional().meta({ description: 'behind a controller, and in no list of its own tool' }),
  softwareRaid: z.array(SoftwareRaid).exactOptional(),
  hostAdapters: z.array(HostAdapter).exactOptional(),
  problems: z.array(text).exactOptional().meta({ description: 'what RAID tools answered instead of data' }),
});
export type StorageSection = z.infer<typeof StorageSection>;
