import { z } from 'zod';
import { health } from './disk-health.ts';
import { HiddenDrive, RaidController } from './raid.ts';
import { about, count, optional, text } from './section.ts';
import { SoftwareRaid, VolumeGroup } from './volumes.ts';

const LSBLK = 'lsblk --json';
const SYS_BLOCK = '/sys/block/*';
const SMARTCTL = 'smartctl --json';
const ID_CTRL = 'nvme id-ctrl';
const HDPARM = 'hdparm -I';

/** A trace of software RAID, LVM or a file system on a disk or partition, as lsblk names it. */
export const Signature = z.looseObject({
  device: text.meta(about('disk or partition, kernel name', `${LSBLK} kname`)),
  type: text.meta(about('as lsblk says: linux_raid_member, LVM2_member, zfs_member, ext4 …', `${LSBLK} fstype`)),
  uuid: optional.text.meta(about('UUID of what is on it', `${LSBLK} uuid`)),
});
export type Signature = z.infer<typeof Signature>;

/** NVMe: namespace and subsystem of a disk. */
export const NvmeNamespace = z.looseObject({
  namespaceId: optional.count.meta(about('number of the namespace', `nvme list, ${SYS_BLOCK}/nsid`)),
  nguid: optional.text.meta(about('NGUID', `${SYS_BLOCK}/nguid`)),
  eui64: optional.text.meta(about('EUI-64', `${SYS_BLOCK}/eui`)),
  uuid: optional.text.meta(about('UUID', `${SYS_BLOCK}/uuid`)),
  usedBytes: optional.count.meta(about('of its capacity in use', 'nvme list UsedBytes')),
  metadataBytes: optional.count.meta(about('per logical block', `${SYS_BLOCK}/metadata_bytes`)),
  subsystemNqn: optional.text.meta(about('name of the subsystem', `nvme list, ${ID_CTRL}, /sys/class/nvme/*/subsysnqn`)),
  controllerId: optional.count.meta(about('number of the controller', `${ID_CTRL}, /sys/class/nvme/*/cntlid`)),
});
export type NvmeNamespace = z.infer<typeof NvmeNamespace>;

export const Disk = z.looseObject({
  name: text.meta(
    about('kernel name, for example sda; of several paths the first; of an NVMe drive whose namespace nobody knows the controller', LSBLK),
  ),
  sizeBytes: optional.count.meta(about('size', `${SYS_BLOCK}/size, ${LSBLK}, ${SMARTCTL}, ${HDPARM}, lshw`)),
  sizeText: optional.text.meta(about('size as printed and rounded, where nothing tells it in bytes', 'multipath -ll')),
  model: optional.text.meta(
    about('model, the longest of those that agree', `${SMARTCTL}, ${HDPARM}, ${ID_CTRL}, ${SYS_BLOCK}/device/model, ${LSBLK}, lshw`),
  ),
  vendor: optional.text.meta(about('maker', `${SMARTCTL}, ${SYS_BLOCK}/device/vendor, ${LSBLK}, lshw`)),
  serial: optional.text.meta(
    about('serial number', `${SMARTCTL}, ${HDPARM}, ${SYS_BLOCK}/device/serial, ${SYS_BLOCK}/device/vpd_pg80, ${ID_CTRL}, ${LSBLK}, lshw`),
  ),
  wwn: optional.text.meta(about('World Wide Name', `${LSBLK}, ${SMARTCTL}, ${HDPARM}, ${SYS_BLOCK}/device/wwid`)),
  firmware: optional.text.meta(about('firmware revision', `${SMARTCTL}, ${HDPARM}, ${ID_CTRL}, ${SYS_BLOCK}/device/rev, lshw`)),
  rotational: optional.flag.meta(about('it turns', `${SYS_BLOCK}/queue/rotational, ${LSBLK}`)),
  removable: optional.flag.meta(about('its medium can be taken out', `${SYS_BLOCK}/removable, ${LSBLK}`)),
  readOnly: optional.flag.meta(about('the kernel does not write to it, which the image takes care of', `${SYS_BLOCK}/ro, ${LSBLK}`)),
  transport: optional.text.meta(about('as lsblk says: sata, sas, nvme, usb, virtio …', `${LSBLK}, the device path in /sys`)),
  logicalBlockBytes: optional.count.meta(about('logical block', `${SYS_BLOCK}/queue/logical_block_size, ${LSBLK}`)),
  physicalBlockBytes: optional.count.meta(about('physical block', `${SYS_BLOCK}/queue/physical_block_size, ${LSBLK}`)),
  mediumPresent: optional.flag.meta(about('false: a drive of size zero, such as the virtual floppy of a BMC', `${SYS_BLOCK}/size`)),
  rotationRpm: optional.count.meta(about('speed of a disk that turns', `${SMARTCTL} rotation_rate, ${HDPARM}`)),
  formFactor: optional.text.meta(about('2.5 inches …', `${SMARTCTL} form_factor`)),
  hctl: optional.text.meta(about('SCSI host:channel:target:lun', `${LSBLK} hctl`)),
  byPath: optional.text.meta(about('name below /dev/disk/by-path', '/dev/disk/by-path')),
  pciAddress: optional.text.meta(about('controller that the disk hangs on', 'the device path in /sys')),
  ...health,
  enclosure: optional.text.meta(about('vendor and model of the enclosure, or its SCSI address', 'sg_ses --join, /sys/class/enclosure')),
  enclosureSlot: optional.text.meta(about('slot as the enclosure names it', 'sg_ses --join, /sys/class/enclosure/*/*/slot')),
  paths: z
    .array(text)
    .exactOptional()
    .meta(about('kernel names of all paths to a disk that has several', `${LSBLK}, by WWN and serial`)),
  multipathName: optional.text.meta(about('the device-mapper name, where one is made', `${LSBLK} children, multipath -ll`)),
  nvme: NvmeNamespace.exactOptional().meta(about('namespace and subsystem of an NVMe drive', `nvme list, ${ID_CTRL}, ${SYS_BLOCK}`)),
  signatures: z
    .array(Signature)
    .exactOptional()
    .meta(about('what lies on it and its partitions', `${LSBLK} fstype`)),
});
export type Disk = z.infer<typeof Disk>;

const SYS_HOST = '/sys/class/scsi_host/*';
const SYS_FC = '/sys/class/fc_host/*';

/** FC and SAS host adapters. */
export const HostAdapter = z.looseObject({
  name: text.meta(about('host0 …', SYS_HOST)),
  driver: optional.text.meta(about('driver', `${SYS_HOST}/proc_name`)),
  model: optional.text.meta(about('model', `${SYS_HOST}/board_name, model_name, modelname`)),
  serial: optional.text.meta(about('serial number', `${SYS_HOST}/board_tracer, serial_num, serialnum`)),
  firmware: optional.text.meta(about('firmware version', `${SYS_HOST}/version_fw, fw_version, fwrev`)),
  pciAddress: optional.text.meta(about('domain:bus:device.function', 'the device path in /sys')),
  wwpn: optional.text.meta(about('World Wide Port Name', `${SYS_FC}/port_name`)),
  wwnn: optional.text.meta(about('World Wide Node Name', `${SYS_FC}/node_name`)),
  sasAddress: optional.text.meta(about('SAS address', `${SYS_HOST}/host_sas_address`)),
  portState: optional.text.meta(about('Online, Linkdown …', `${SYS_FC}/port_state`)),
  speed: optional.text.meta(about('speed of the link, as printed', `${SYS_FC}/speed`)),
  supportedSpeeds: optional.text.meta(about('speeds that the port can do, as printed', `${SYS_FC}/supported_speeds`)),
});
export type HostAdapter = z.infer<typeof HostAdapter>;

const RAID_TOOLS = 'storcli, perccli, MegaCli or ssacli';

export const StorageSection = z.looseObject({
  diskCount: count
    .exactOptional()
    .meta(
      about(
        'drives, those behind RAID controllers too: each once, without volumes, LUNs and what is plugged in',
        `${LSBLK}, ${RAID_TOOLS}, smartctl -d`,
      ),
    ),
  controllers: z.array(RaidController).exactOptional().meta(about('RAID controllers', RAID_TOOLS)),
  hiddenDrives: z
    .array(HiddenDrive)
    .exactOptional()
    .meta(about('behind a controller, and in no list of its own tool', 'smartctl --scan-open, smartctl -d')),
  softwareRaid: z.array(SoftwareRaid).exactOptional().meta(about('arrays that its disks are members of', 'mdadm --examine')),
  volumeGroups: z
    .array(VolumeGroup)
    .exactOptional()
    .meta(about('volume groups of LVM on its disks', 'lvm pvs, vgs, lvs --reportformat json')),
  hostAdapters: z
    .array(HostAdapter)
    .exactOptional()
    .meta(about('FC and SAS adapters', `${SYS_HOST}, ${SYS_FC}`)),
  problems: z.array(text).exactOptional().meta(about('what RAID tools answered instead of data', RAID_TOOLS)),
});
export type StorageSection = z.infer<typeof StorageSection>;
