import { definedOnly } from '../values/defined-only.ts';

/** One of the 92 facts that an inventory of a machine should know. */
export interface RecordRow {
  number: number;
  area: Area;
  field: string;
  /** fields of the record that hold it; empty when it cannot be had or is not collected yet */
  at: readonly string[];
  /** what it takes, or why it cannot be had */
  why?: string;
}

type Area = 'System' | 'CPU' | 'Memory' | 'Storage' | 'Network' | 'BMC' | 'Other';
type Row = readonly [field: string, at: readonly string[], why?: string];

const EFI_VARIABLES = 'UEFI only: mounted read-only for a moment, and taken away again';
const NVIDIA = 'nvidia-smi is not in the image; used where the operator added it with its driver';

const SYSTEM: readonly Row[] = [
  ['System vendor', ['system.vendor']],
  ['Product name', ['system.product']],
  ['Family, version, SKU', ['system.family', 'system.version', 'system.sku']],
  ['System serial', ['system.serial']],
  ['System UUID', ['system.uuid']],
  ['Asset tag of chassis and board', ['system.chassis.assetTag', 'board.assetTag']],
  ['Chassis type, height', ['system.chassis.type', 'system.chassis.heightRackUnits']],
  ['Chassis serial', ['system.chassis.serial']],
  ['Blade: enclosure serial and bay', ['system.enclosure.serial', 'system.enclosure.bay'], 'Only where the firmware says it'],
  ['Baseboard vendor, product, serial', ['board.vendor', 'board.product', 'board.serial']],
  ['BIOS vendor, version, date', ['firmware.vendor', 'firmware.version', 'firmware.date']],
  ['Boot mode now', ['firmware.bootMode']],
  ['Secure Boot state', ['firmware.secureBoot'], 'UEFI only; what the kernel was told where the variable cannot be read'],
  ['Boot order', ['firmware.bootOrder'], EFI_VARIABLES],
  ['Boot NIC', ['firmware.bootNicMac', 'firmware.bootNicName']],
];

const CPU: readonly Row[] = [
  ['CPU sockets populated', ['cpu.sockets']],
  ['CPU sockets empty', ['cpu.socketsEmpty']],
  ['CPU model', ['cpu.model']],
  ['Cores and threads per socket', ['cpu.coresPerSocket', 'cpu.threadsPerCore', 'cpu.socketList[].cores', 'cpu.socketList[].threads']],
  ['Frequency: lowest, highest, base', ['cpu.minMhz', 'cpu.maxMhz', 'cpu.baseMhz']],
  ['Microcode revision', ['cpu.microcode']],
  ['CPU flags', ['cpu.flags']],
  ['Virtualization flag', ['cpu.virtualization']],
  ['Caches', ['cpu.caches']],
  ['NUMA nodes: CPUs, memory, distances', ['cpu.numa[].cpus', 'cpu.numa[].memoryBytes', 'cpu.numa[].distances']],
  ['Vulnerabilities and mitigations', ['cpu.vulnerabilities']],
  ['IOMMU groups, IOMMU on', ['cpu.iommu.enabled', 'cpu.iommu.groups', 'pci[].iommuGroup']],
];

const MEMORY: readonly Row[] = [
  ['Total physical memory', ['memory.totalBytes', 'memory.installedBytes']],
  ['DIMM slots total and empty', ['memory.slots', 'memory.slotsEmpty']],
  ['DIMM size per slot', ['memory.dimms[].sizeBytes']],
  ['DIMM rated and configured speed', ['memory.dimms[].ratedSpeedMtps', 'memory.dimms[].configuredSpeedMtps']],
  ['DIMM manufacturer and part', ['memory.dimms[].manufacturer', 'memory.dimms[].manufacturerName', 'memory.dimms[].partNumber']],
  ['DIMM serial', ['memory.dimms[].serial']],
  ['ECC', ['memory.ecc', 'memory.eccModules', 'memory.dimms[].ecc']],
  ['NVDIMM, persistent memory', ['memory.nonVolatileBytes', 'memory.dimms[].technology', 'memory.dimms[].nonVolatileBytes']],
];

const STORAGE: readonly Row[] = [
  ['Disk name, size', ['disks[].name', 'disks[].sizeBytes'], 'lsblk --json, /sys/block'],
  ['Disk model, whole', ['disks[].model'], 'smartctl --json, nvme id-ctrl, /sys/block, lsblk: the longest that agrees'],
  ['Disk serial', ['disks[].serial'], 'smartctl --json, /sys/block, nvme id-ctrl, lsblk'],
  ['Disk WWN', ['disks[].wwn'], 'lsblk, smartctl --json, /sys/block/*/device/wwid'],
  ['Disk firmware revision', ['disks[].firmware'], 'smartctl --json, nvme id-ctrl, /sys/block/*/device/rev'],
  ['Rotational, rpm', ['disks[].rotational', 'disks[].rotationRpm'], '/sys/block/*/queue/rotational, smartctl --json'],
  ['Transport', ['disks[].transport'], 'lsblk, else the device path'],
  ['Logical and physical block size', ['disks[].logicalBlockBytes', 'disks[].physicalBlockBytes'], '/sys/block/*/queue, lsblk'],
  ['by-path, HCTL', ['disks[].byPath', 'disks[].hctl'], '/dev/disk/by-path, lsblk'],
  ['SMART health', ['disks[].smartPassed'], 'smartctl --json, nvme smart-log'],
  [
    'Wear, temperature, power-on hours',
    ['disks[].wearPercent', 'disks[].temperatureCelsius', 'disks[].powerOnHours'],
    'smartctl --json, nvme smart-log',
  ],
  ['Grown defects, media errors', ['disks[].grownDefects', 'disks[].mediaErrors'], 'smartctl --json, nvme smart-log'],
  ['Enclosure and slot', ['disks[].enclosure', 'disks[].enclosureSlot'], 'sg_ses --join, /sys/class/enclosure'],
  ['Multipath folded to one disk', ['disks[].paths', 'disks[].multipathName', 'storage.diskCount'], 'lsblk, by WWN and serial'],
  [
    'RAID controller: model, firmware, battery',
    ['storage.controllers[].model', 'storage.controllers[].firmware', 'storage.controllers[].battery'],
    'storcli, perccli or ssacli from the stick, MegaCli by hand',
  ],
  [
    'RAID virtual drives',
    ['storage.controllers[].virtualDrives[].level', 'storage.controllers[].virtualDrives[].state'],
    'storcli, perccli or ssacli from the stick, MegaCli by hand',
  ],
  [
    'RAID physical drives',
    ['storage.controllers[].physicalDrives[].serial', 'storage.hiddenDrives'],
    'storcli, perccli or ssacli from the stick, MegaCli by hand; smartctl -d without them',
  ],
  [
    'Software RAID, LVM',
    ['storage.softwareRaid', 'storage.volumeGroups', 'disks[].signatures'],
    'lsblk, mdadm --examine, lvm pvs, vgs and lvs: read from the disks, nothing is assembled',
  ],
  ['NVMe namespaces', ['disks[].nvme.namespaceId', 'disks[].nvme.nguid'], 'nvme list, /sys/block/*/{nsid,nguid}'],
  ['NVMe subsystem NQN', ['disks[].nvme.subsystemNqn'], 'nvme list, nvme id-ctrl'],
  [
    'FC and SAS HBA WWPN',
    ['storage.hostAdapters[].wwpn', 'storage.hostAdapters[].sasAddress'],
    '/sys/class/fc_host, /sys/class/scsi_host/*/host_sas_address',
  ],
];

const NETWORK: readonly Row[] = [
  ['NIC name, MAC', ['nics[].name', 'nics[].mac'], 'ip -json'],
  ['Permanent MAC', ['nics[].permanentMac'], 'ethtool -P, ip -json permaddr'],
  ['NIC driver', ['nics[].driver'], 'ethtool -i'],
  ['NIC firmware', ['nics[].firmware'], 'ethtool -i'],
  ['NIC vendor, product', ['nics[].vendor', 'nics[].product'], 'lspci -Dvmmnnk'],
  ['PCI address, slot label', ['nics[].pciAddress', 'nics[].slot'], '/sys/class/net, /sys/class/net/*/device/label, lspci PhySlot'],
  ['Link state', ['nics[].linkUp'], 'ip -json, /sys/class/net/*/carrier'],
  ['Speed, duplex', ['nics[].speedMbps', 'nics[].duplex'], 'ethtool, /sys/class/net'],
  ['Supported modes', ['nics[].supportedModes'], 'ethtool'],
  [
    'SR-IOV: functions possible and on, VF to PF',
    ['nics[].sriovTotalVfs', 'nics[].sriovVfs', 'nics[].physicalFunction'],
    '/sys/class/net/*/device',
  ],
  ['Transceiver', ['nics[].transceiver'], 'ethtool -m'],
  ['Addresses', ['nics[].addresses'], 'ip -json'],
  ['Bonds, VLANs', ['network.bonds', 'network.vlans'], 'ip -json -details'],
  [
    'LLDP chassis, port, management address',
    ['nics[].lldp[].chassisName', 'nics[].lldp[].portId', 'nics[].lldp[].managementAddresses'],
    'lldpctl',
  ],
  ['LLDP VLANs, PVID', ['nics[].lldp[].vlans', 'nics[].lldp[].pvid'], 'lldpctl'],
  ['InfiniBand GUID, port state, rate', ['nics[].guid', 'network.infiniband'], 'ibstat, ip -json'],
];

const BMC: readonly Row[] = [
  ['BMC address', ['bmc.address', 'bmc.ipv6Addresses'], 'ipmitool lan print, lan6 print'],
  ['BMC MAC', ['bmc.mac'], 'ipmitool lan print'],
  ['BMC mask, gateway', ['bmc.subnetMask', 'bmc.gateway'], 'ipmitool lan print'],
  ['BMC VLAN, address source', ['bmc.vlan', 'bmc.addressSource'], 'ipmitool lan print'],
  ['BMC firmware', ['bmc.firmware'], 'ipmitool mc info'],
  ['BMC user slots in use', ['bmc.usersEnabled', 'bmc.userSlots'], 'ipmitool user summary: numbers, no names'],
  ['FRU inventory', ['bmc.fru'], 'ipmitool fru print'],
  ['Sensors', ['bmc.sensors'], 'ipmitool sdr'],
  ['SEL summary', ['bmc.eventLog'], 'ipmitool sel'],
];

const OTHER: readonly Row[] = [
  ['GPU model, PCI address', ['gpus[].model', 'gpus[].pciAddress']],
  ['GPU serial, UUID, VBIOS, ECC, MIG', ['gpus[].serial', 'gpus[].uuid', 'gpus[].vbios', 'gpus[].eccEnabled', 'gpus[].migEnabled'], NVIDIA],
  ['Other accelerators', ['accelerators[].model', 'accelerators[].pciAddress']],
  ['TPM version and firmware', ['tpm.version', 'tpm.firmware'], 'The chip itself is not spoken to'],
  [
    'PSU model, serial, watts, status',
    ['powerSupplies[].model', 'powerSupplies[].serial', 'powerSupplies[].maxWatts', 'powerSupplies[].status'],
  ],
  ['Fans', ['fans[].description', 'fans[].status', 'bmc.sensors'], 'Most firmware describes none; the BMC knows them as sensors'],
  ['PCIe slots: type, used, bus address', ['slots[].type', 'slots[].used', 'slots[].busAddress']],
  ['PCI functions with driver', ['pci[].address', 'pci[].driver']],
  ['USB devices', ['usb[].vendorId', 'usb[].productId', 'usb[].name']],
  ['Kernel, command line', ['kernel.release', 'kernel.commandLine']],
  ['Watchdog device', ['watchdogs[].name', 'watchdogs[].identity']],
];

const AREAS: readonly (readonly [Area, readonly Row[]])[] = [
  ['System', SYSTEM],
  ['CPU', CPU],
  ['Memory', MEMORY],
  ['Storage', STORAGE],
  ['Network', NETWORK],
  ['BMC', BMC],
  ['Other', OTHER],
];

/** The 92 facts in their order. */
export const RECORD_ROWS: readonly RecordRow[] = AREAS.flatMap(([area, rows]) => rows.map((row) => ({ area, row }))).map(
  ({ area, row: [field, at, why] }, index) => ({ number: index + 1, area, field, at, ...definedOnly({ why }) }),
);
