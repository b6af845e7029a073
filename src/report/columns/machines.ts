import { bytesOf, type MachineDrives } from '../../domain/drives/machine-drives.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import { columnsOf } from './column.ts';
import { fittedDimms } from './dimms.ts';
import { NIC } from './nics.ts';
import { seenDrives } from './seen-drives.ts';

/** What is known of a machine as a whole. */
export const MACHINE = columnsOf<RecordData>()({
  vendor: { type: 'text', about: 'maker', of: ({ system }) => system?.vendor },
  product: { type: 'text', about: 'model', of: ({ system }) => system?.product },
  serial: { label: 'Serial number', type: 'text', about: 'serial number or service tag', of: ({ system }) => system?.serial },
  uuid: { label: 'UUID', type: 'text', about: 'system UUID', of: ({ system }) => system?.uuid },
  sku: { type: 'text', about: 'order number of the model', of: ({ system }) => system?.sku },
  assetTag: { type: 'text', about: 'label that its owner gave the chassis', of: ({ system }) => system?.chassis?.assetTag },
  chassisSerial: {
    label: 'Chassis serial',
    type: 'text',
    about: 'serial number of the chassis',
    of: ({ system }) => system?.chassis?.serial,
  },
  enclosureSerial: { type: 'text', about: 'serial number of what a blade sits in', of: ({ system }) => system?.enclosure?.serial },
  enclosureBay: { type: 'text', about: 'where in the enclosure a blade sits', of: ({ system }) => system?.enclosure?.bay },
  boardProduct: { type: 'text', about: 'model of the main board', of: ({ board }) => board?.product },
  boardSerial: { type: 'text', about: 'serial number of the main board', of: ({ board }) => board?.serial },
  firmwareVersion: { label: 'BIOS', type: 'text', about: 'version of the firmware', of: ({ firmware }) => firmware?.version },
  firmwareDate: { type: 'text', about: 'its date, as printed', of: ({ firmware }) => firmware?.date },
  bootMode: { label: 'Boot mode', type: 'text', about: 'uefi or bios', of: ({ firmware }) => firmware?.bootMode },
  secureBoot: { type: 'boolean', about: 'the firmware enforced signatures', of: ({ firmware }) => firmware?.secureBoot },
  cpuModel: { type: 'text', about: 'model of the processors', of: ({ cpu }) => cpu?.model },
  cpuArchitecture: { type: 'text', about: 'instruction set', of: ({ cpu }) => cpu?.architecture },
  cpuSockets: { type: 'bigint', about: 'sockets with a processor', of: ({ cpu }) => cpu?.sockets },
  cpuCores: { label: 'Cores', type: 'bigint', about: 'cores of all sockets', of: ({ cpu }) => cpu?.cores },
  cpuThreads: { label: 'Threads', type: 'bigint', about: 'logical CPUs of all sockets', of: ({ cpu }) => cpu?.threads },
  memoryTotalBytes: { type: 'bigint', about: 'what Linux can use', of: ({ memory }) => memory?.totalBytes },
  memoryInstalledBytes: { type: 'bigint', about: 'sum of the fitted DIMMs', of: ({ memory }) => memory?.installedBytes },
  dimmCount: { type: 'bigint', about: 'fitted DIMMs', of: ({ memory }) => fittedDimms(memory)?.length },
  dimmSlots: { type: 'bigint', about: 'slots for DIMMs', of: ({ memory }) => memory?.slots },
  diskCount: { type: 'bigint', about: 'drives, those behind RAID controllers too', of: (data) => counted(data)?.drives.length },
  diskBytes: { type: 'bigint', about: 'size of them together', of: (data) => total(counted(data)?.drives) },
  driveSerials: {
    type: 'texts',
    about: 'serial numbers of its drives',
    of: (data) => drivesOf(data)?.drives.flatMap(({ serial }) => serial ?? []),
  },
  volumeCount: {
    type: 'bigint',
    about: 'volumes of RAID controllers and LUNs, beside the drives',
    of: (data) => drivesOf(data)?.volumes.length,
  },
  volumeBytes: { type: 'bigint', about: 'size of them together', of: (data) => total(drivesOf(data)?.volumes) },
  portCount: { type: 'bigint', about: 'network ports', of: ({ network }) => network?.portCount },
  nicMacs: {
    label: 'NIC addresses',
    type: 'texts',
    about: 'MAC addresses of its network interfaces',
    // the link to the BMC has the same address on many machines
    of: ({ nics }) => nics?.flatMap((nic) => (nic.bmcLink === true ? [] : (NIC.portMac.of(nic) ?? []))),
  },
  bmcAddress: { label: 'BMC address', type: 'text', about: 'IPv4 address of the BMC', of: ({ bmc }) => bmc?.address },
  bmcMac: { label: 'BMC MAC', type: 'mac', about: 'MAC address of the BMC', of: ({ bmc }) => bmc?.mac },
  bmcFirmware: { label: 'BMC firmware', type: 'text', about: 'firmware version of the BMC', of: ({ bmc }) => bmc?.firmware },
});

function drivesOf({ disks, storage }: RecordData): MachineDrives | undefined {
  return seenDrives(disks, storage);
}

/** None where volumes say that there are drives, and nobody shows one. */
function counted(data: RecordData): MachineDrives | undefined {
  const drives = drivesOf(data);
  return drives?.isCounted === true ? drives : undefined;
}

function total(parts: readonly { sizeBytes?: number }[] | undefined): number | undefined {
  return parts === undefined ? undefined : bytesOf(parts);
}
