/** Fields of the record that no column shows, and why. A field that stands for a part or a list means all that is below it. */
export const FIELDS_WITHOUT_COLUMN: readonly { why: string; fields: string }[] = [
  {
    why: 'a list of its own, for which no table is made: the pages show it, and SQL reads it from the column `record`',
    fields: `pci slots usb watchdogs gpus accelerators powerSupplies fans custom firmware.bootOrder cpu.socketList cpu.caches cpu.numa
      memory.controllers disks[].signatures nics[].lldp[].vlans bmc.fru bmc.sensors bmc.eventLog
      storage.softwareRaid storage.volumeGroups storage.hostAdapters network.bonds network.vlans network.bridges network.infiniband`,
  },
  {
    why: 'a list of words, long and different on every machine: searched in the record, not read in a table',
    fields: 'cpu.flags cpu.vulnerabilities nics[].supportedModes disks[].paths storage.problems bmc.ipv6Addresses',
  },
  {
    why: 'of this boot and of the Linux that took the inventory, not of the machine',
    fields: `kernel firmware.setupMode firmware.bootCurrent firmware.bootNext firmware.bootNicMac firmware.bootNicName disks[].readOnly disks[].multipathName
      nics[].addresses nics[].memberOf nics[].driverVersion cpu.iommu`,
  },
  {
    why: 'a number that changes by the hour, only says something beside earlier ones, or cannot be: findings judge it',
    fields: `firmware.impossibleDate disks[].temperatureCelsius disks[].powerCycles disks[].availableSparePercent disks[].grownDefects disks[].pendingSectors
      disks[].writtenBytes nics[].transceiver.temperatureCelsius storage.controllers[].physicalDrives[].temperatureCelsius
      storage.controllers[].physicalDrives[].powerCycles storage.controllers[].physicalDrives[].availableSparePercent
      storage.controllers[].physicalDrives[].grownDefects storage.controllers[].physicalDrives[].pendingSectors
      storage.controllers[].physicalDrives[].writtenBytes storage.controllers[].physicalDrives[].predictiveFailures
      storage.controllers[].physicalDrives[].otherErrors storage.hiddenDrives[].temperatureCelsius storage.hiddenDrives[].powerCycles
      storage.hiddenDrives[].availableSparePercent storage.hiddenDrives[].grownDefects storage.hiddenDrives[].pendingSectors
      storage.hiddenDrives[].writtenBytes`,
  },
  {
    why: 'follows from what other columns and the rows of other tables say',
    fields: `cpu.socketsEmpty cpu.coresPerSocket cpu.threadsPerCore cpu.numaNodes memory.slotsPopulated memory.slotsEmpty memory.eccModules
      memory.dimms[].totalWidthBits memory.dimms[].dataWidthBits storage.diskCount network.virtualFunctionCount
      network.bmcLinkCount disks[].sizeText storage.controllers[].physicalDrives[].sizeText
      storage.controllers[].virtualDrives[].sizeText`,
  },
  {
    why: 'a detail of the model, or what few machines have: the pages show what is asked for, and the column `record` has all',
    fields: `system.version system.family system.chassis.type system.chassis.vendor system.chassis.version system.chassis.sku
      system.chassis.heightRackUnits system.enclosure.model system.enclosure.name board.vendor board.version board.assetTag
      firmware.vendor cpu.vendor cpu.virtualization cpu.hypervisor cpu.minMhz cpu.maxMhz cpu.baseMhz cpu.microcode
      memory.nonVolatileBytes memory.maximumBytes memory.ecc memory.dimms[].handle memory.dimms[].nonVolatileBytes
      disks[].physicalBlockBytes disks[].hctl disks[].nvme nics[].autoNegotiation nics[].sriovTotalVfs nics[].sriovVfs
      nics[].physicalFunction nics[].firmwareLldpAgent nics[].lldp[].chassisDescription tpm nics[].transceiver.kind
      nics[].transceiver.vendor nics[].transceiver.revision nics[].transceiver.connector nics[].transceiver.types
      nics[].transceiver.lengthMeters nics[].transceiver.wavelengthNanometers bmc.ipmiVersion bmc.manufacturer bmc.product
      bmc.subnetMask bmc.gateway bmc.addressSource bmc.vlan bmc.channel bmc.userSlots bmc.usersEnabled`,
  },
  {
    why: 'of a RAID controller and its view of its drives: the table `disks` has what a drive says of itself',
    fields: `storage.controllers[].tool storage.controllers[].serial storage.controllers[].firmware storage.controllers[].firmwarePackage
      storage.controllers[].biosVersion storage.controllers[].driver storage.controllers[].sasAddress storage.controllers[].pciAddress
      storage.controllers[].health storage.controllers[].battery storage.controllers[].foreignDrives
      storage.controllers[].physicalDrives[].driveGroup storage.controllers[].virtualDrives[].driveGroup
      storage.controllers[].virtualDrives[].cache
      storage.controllers[].physicalDrives[].smartctlType`,
  },
];
