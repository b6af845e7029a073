import { z } from 'zod';

/** A part of a record: what was found, that the machine has none of it, or why it could not be read. */
function section<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('ok'), durationMs: z.number().nonnegative().exactOptional(), data }),
    z.looseObject({
      status: z.literal('absent'),
      durationMs: z.number().nonnegative().exactOptional(),
      reason: z.string().exactOptional(),
    }),
    z.looseObject({ status: z.literal('failed'), durationMs: z.number().nonnegative().exactOptional(), reason: z.string() }),
  ]);
}

const text = z.string().min(1);
const count = z.int().nonnegative();
const optional = {
  text: text.exactOptional(),
  count: count.exactOptional(),
  flag: z.boolean().exactOptional(),
};

/** SMBIOS type 1 (System Information) and type 3 (Enclosure). */
export const SystemSection = z.looseObject({
  vendor: optional.text,
  product: optional.text,
  version: optional.text,
  family: optional.text,
  sku: optional.text,
  serial: optional.text,
  uuid: optional.text.meta({ description: 'lower case' }),
  chassis: z.looseObject({ type: optional.text, vendor: optional.text, serial: optional.text, assetTag: optional.text }).exactOptional(),
});
export type SystemSection = z.infer<typeof SystemSection>;

/** SMBIOS type 2 (Baseboard). */
export const BoardSection = z.looseObject({
  vendor: optional.text,
  product: optional.text,
  version: optional.text,
  serial: optional.text,
  assetTag: optional.text,
});
export type BoardSection = z.infer<typeof BoardSection>;

/** SMBIOS type 0; `bootMode` from /sys/firmware/efi. */
export const FirmwareSection = z.looseObject({
  vendor: optional.text,
  version: optional.text,
  date: optional.text.meta({ description: 'as printed by the firmware' }),
  bootMode: z.enum(['uefi', 'bios']).exactOptional(),
});
export type FirmwareSection = z.infer<typeof FirmwareSection>;

export const CpuSection = z.looseObject({
  architecture: optional.text,
  model: optional.text,
  vendor: optional.text,
  sockets: optional.count,
  cores: optional.count.meta({ description: 'cores of all sockets' }),
  threads: optional.count.meta({ description: 'logical CPUs of all sockets' }),
  flags: z.array(z.string()).exactOptional(),
  maxMhz: z.number().positive().exactOptional(),
  microcode: optional.text.meta({ description: 'revision as the kernel prints it, for example 0x5002f01' }),
  numaNodes: optional.count,
});
export type CpuSection = z.infer<typeof CpuSection>;

/** SMBIOS type 17 (Memory Device). A slot without a module has `populated: false` and no size. */
export const Dimm = z.looseObject({
  handle: optional.text.meta({ description: 'SMBIOS handle; locators are not unique' }),
  locator: optional.text,
  bankLocator: optional.text,
  populated: z.boolean(),
  sizeBytes: optional.count.meta({ description: 'missing on a fitted module whose size the firmware does not know' }),
  type: optional.text,
  ratedSpeedMtps: optional.count,
  configuredSpeedMtps: optional.count,
  manufacturer: optional.text,
  partNumber: optional.text,
  serial: optional.text,
  totalWidthBits: optional.count,
  dataWidthBits: optional.count,
  ecc: optional.flag.meta({
    description: 'the module has check bits: total width above data width, or a total width that only such modules have',
  }),
  formFactor: optional.text,
  technology: optional.text.meta({ description: 'DRAM, NVDIMM-N, Intel Optane … (SMBIOS 3.2)' }),
  nonVolatileBytes: optional.count.meta({ description: 'part of the size that is persistent memory' }),
  manufacturerName: optional.text.meta({ description: 'name behind a JEDEC number in `manufacturer`' }),
});
export type Dimm = z.infer<typeof Dimm>;

export const MemorySection = z.looseObject({
  totalBytes: optional.count.meta({ description: 'MemTotal of /proc/meminfo: what Linux can use' }),
  installedBytes: optional.count.meta({ description: 'sum of the fitted DIMMs whose size is known' }),
  ecc: optional.text.meta({ description: 'error correction of the memory array, SMBIOS type 16; "ECC" when only the modules show it' }),
  eccModules: optional.flag.meta({ description: 'a fitted module has check bits, whatever the array says' }),
  slots: optional.count.meta({ description: 'memory devices that are no firmware flash' }),
  slotsPopulated: optional.count,
  dimms: z.array(Dimm),
});
export type MemorySection = z.infer<typeof MemorySection>;

export const Disk = z.looseObject({
  name: text.meta({ description: 'kernel name, for example sda' }),
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
  smartPassed: optional.flag,
  temperatureCelsius: z.number().exactOptional(),
  powerOnHours: optional.count,
  mediumPresent: optional.flag.meta({ description: 'false: a drive of size zero, such as the virtual floppy of a BMC' }),
  rotationRpm: optional.count,
  hctl: optional.text.meta({ description: 'SCSI host:channel:target:lun' }),
  pciAddress: optional.text.meta({ description: 'controller that the disk hangs on' }),
});
export type Disk = z.infer<typeof Disk>;

export const Nic = z.looseObject({
  name: text,
  mac: optional.text,
  permanentMac: optional.text,
  driver: optional.text,
  driverVersion: optional.text,
  firmware: optional.text,
  pciAddress: optional.text,
  bus: optional.text.meta({ description: 'pci, usb, virtio …; a USB interface in a server is usually the link to its BMC' }),
  vendor: optional.text,
  product: optional.text,
  linkType: optional.text.meta({ description: 'as ip says: ether, infiniband …' }),
  guid: optional.text.meta({ description: 'InfiniBand port GUID: the last 8 bytes of the 20-byte address' }),
  linkUp: optional.flag,
  speedMbps: optional.count,
  duplex: optional.text,
  mtuBytes: optional.count,
  addresses: z.array(text).exactOptional(),
  lldp: z
    .array(
      z.looseObject({
        chassisName: optional.text,
        chassisId: optional.text,
        portId: optional.text,
        portDescription: optional.text,
        managementAddresses: z.array(text).exactOptional(),
      }),
    )
    .exactOptional(),
});
export type Nic = z.infer<typeof Nic>;

export const PciFunction = z.looseObject({
  address: text,
  classId: optional.text,
  class: optional.text,
  vendorId: optional.text,
  vendor: optional.text,
  deviceId: optional.text,
  device: optional.text,
  driver: optional.text,
  subsystemVendorId: optional.text,
  subsystemVendor: optional.text,
  subsystemDeviceId: optional.text,
  subsystemDevice: optional.text,
  revision: optional.text,
  slot: optional.text,
  numaNode: optional.count,
});
export type PciFunction = z.infer<typeof PciFunction>;

/** One FRU of `ipmitool fru print`; the keys are ours, the order is the BMC's. */
export const Fru = z.looseObject({
  name: text,
  boardManufacturer: optional.text,
  boardProduct: optional.text,
  boardSerial: optional.text,
  boardPartNumber: optional.text,
  productManufacturer: optional.text,
  productName: optional.text,
  productPartNumber: optional.text,
  productSerial: optional.text,
  productAssetTag: optional.text,
  chassisType: optional.text,
  chassisPartNumber: optional.text,
  chassisSerial: optional.text,
});
export type Fru = z.infer<typeof Fru>;

/** From `ipmitool mc info`, `lan print`, `fru print`; read only. */
export const BmcSection = z.looseObject({
  firmware: optional.text,
  ipmiVersion: optional.text,
  manufacturer: optional.text,
  product: optional.text,
  address: optional.text,
  mac: optional.text,
  subnetMask: optional.text,
  gateway: optional.text,
  addressSource: optional.text,
  vlan: optional.text,
  fru: z.array(Fru).exactOptional(),
});
export type BmcSection = z.infer<typeof BmcSection>;

export const KernelSection = z.looseObject({ release: optional.text, commandLine: optional.text });
export type KernelSection = z.infer<typeof KernelSection>;

export const SECTIONS = {
  system: section(SystemSection),
  board: section(BoardSection),
  firmware: section(FirmwareSection),
  cpu: section(CpuSection),
  memory: section(MemorySection),
  disks: section(z.array(Disk)),
  nics: section(z.array(Nic)),
  pci: section(z.array(PciFunction)),
  bmc: section(BmcSection),
  kernel: section(KernelSection),
} as const;

/** What is known of one machine. "Not reported" is a missing key; names carry units. */
export const NodeRecord = z.looseObject({
  schemaVersion: z.literal(1),
  sections: z.looseObject(SECTIONS),
  collectors: z
    .array(z.looseObject({ id: z.string(), status: z.string(), durationMs: z.number(), reason: z.string().exactOptional() }))
    .meta({ description: 'one row per command of the capture; a failed one is a row, not an end' }),
});
export type NodeRecord = z.infer<typeof NodeRecord>;
