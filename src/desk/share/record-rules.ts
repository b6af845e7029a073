import type { RuleTable } from './rules.ts';

const HEALTH = `smartPassed temperatureCelsius powerOnHours powerCycles wearPercent availableSparePercent grownDefects reallocatedSectors
  pendingSectors mediaErrors writtenBytes`;
const DRIVE: RuleTable[string] = {
  keep: `enclosure slot deviceId state driveGroup sizeText sizeBytes interface medium vendor model firmware rotationRpm ${HEALTH}
    predictiveFailures otherErrors smartctlType`,
  serial: 'serial',
  hex: 'wwn',
};
const HIDDEN_DRIVE: RuleTable[string] = {
  keep: `deviceId sizeBytes interface vendor model firmware rotationRpm ${HEALTH} smartctlType`,
  serial: 'serial',
  hex: 'wwn',
};

/**
 * Fields of the record's sections. Dropped: texts of people, of firmware that quotes serial numbers, and of the site's own programs.
 * Numbers and flags have a rule, too: one that says whose machine it is would need another than `keep`.
 */
export const RECORD_RULES: RuleTable = {
  '': { drop: 'custom' },
  system: { keep: 'vendor product version family sku', serial: 'serial', uuid: 'uuid' },
  'system.chassis': { keep: 'type vendor version sku heightRackUnits', serial: 'serial assetTag' },
  'system.enclosure': { keep: 'model bay', serial: 'serial', name: 'name' },
  board: { keep: 'vendor product version', serial: 'serial assetTag' },
  firmware: {
    keep: 'vendor version date impossibleDate bootMode secureBoot setupMode bootCurrent bootNext bootNicName',
    mac: 'bootNicMac',
  },
  'firmware.bootOrder[]': { keep: 'id active kind', mac: 'mac', drop: 'name' },
  cpu: {
    keep: `architecture model vendor sockets socketsEmpty cores threads coresPerSocket threadsPerCore flags virtualization hypervisor minMhz
      maxMhz baseMhz microcode numaNodes vulnerabilities`,
  },
  'cpu.socketList[]': { keep: 'designation populated disabled model cores coresEnabled threads currentMhz' },
  'cpu.caches[]': { keep: 'level type sizeBytes instances' },
  'cpu.numa[]': { keep: 'id cpus memoryBytes distances' },
  'cpu.iommu': { keep: 'enabled groups' },
  memory: { keep: 'totalBytes installedBytes nonVolatileBytes maximumBytes ecc eccModules slots slotsPopulated slotsEmpty' },
  'memory.dimms[]': {
    keep: `handle locator bankLocator populated sizeBytes type ratedSpeedMtps configuredSpeedMtps manufacturer manufacturerName partNumber
      totalWidthBits dataWidthBits ecc rank formFactor technology nonVolatileBytes`,
    serial: 'serial assetTag',
  },
  'memory.controllers[]': { keep: 'name driver correctedErrors uncorrectedErrors' },
  'disks[]': {
    keep: `name sizeBytes sizeText model vendor firmware rotational removable readOnly transport logicalBlockBytes physicalBlockBytes mediumPresent
      rotationRpm formFactor hctl pciAddress ${HEALTH} enclosure enclosureSlot paths`,
    serial: 'serial',
    hex: 'wwn',
    drop: 'byPath multipathName',
  },
  'disks[].nvme': { keep: 'namespaceId usedBytes metadataBytes controllerId', hex: 'nguid eui64', uuid: 'uuid', drop: 'subsystemNqn' },
  'disks[].signatures[]': { keep: 'device type', uuid: 'uuid' },
  'nics[]': {
    keep: `name driver driverVersion firmware pciAddress slot bus bmcLink vendor product linkType linkUp speedMbps duplex portType
      supportedModes autoNegotiation mtuBytes memberOf sriovTotalVfs sriovVfs physicalFunction virtualFunction firmwareLldpAgent`,
    mac: 'mac permanentMac',
    hex: 'guid',
    address: 'addresses',
  },
  'nics[].transceiver': {
    keep: 'kind vendor partNumber revision connector types lengthMeters wavelengthNanometers temperatureCelsius',
    serial: 'serial',
  },
  'nics[].lldp[]': {
    keep: 'pvid',
    name: 'chassisName chassisId portId portDescription',
    address: 'managementAddresses',
    drop: 'chassisDescription',
  },
  'nics[].lldp[].vlans[]': { keep: 'id', name: 'name' },
  'pci[]': {
    keep: `address classId class vendorId vendor deviceId device driver modules leftOutModules subsystemVendorId subsystemVendor
      subsystemDeviceId subsystemDevice revision slot numaNode iommuGroup`,
  },
  'pci[].link': { keep: 'speedGtps maxSpeedGtps width maxWidth' },
  bmc: {
    keep: 'firmware ipmiVersion manufacturer product subnetMask addressSource vlan channel userSlots usersEnabled',
    mac: 'mac',
    address: 'address gateway ipv6Addresses',
  },
  'bmc.sensors[]': { keep: 'name status value unit text entity' },
  'bmc.eventLog': { keep: 'entries percentUsed overflow lastAdded lastErased impossibleTime readEntries critical warning other' },
  'bmc.eventLog.newestCritical[]': { keep: 'time sensor event' },
  'bmc.fru[]': {
    keep: `name boardManufacturer boardProduct boardPartNumber productManufacturer productName productPartNumber chassisType
      chassisPartNumber memoryType memoryBytes memoryManufacturer memoryPartNumber`,
    serial: 'boardSerial productSerial productAssetTag chassisSerial memorySerial',
  },
  kernel: { keep: 'release lockdown', drop: 'commandLine' },
  storage: { keep: 'diskCount', drop: 'problems' },
  'storage.controllers[]': {
    keep: 'id tool model firmware firmwarePackage biosVersion driver pciAddress health foreignDrives',
    serial: 'serial',
    hex: 'sasAddress',
  },
  'storage.controllers[].battery': { keep: 'model state temperatureCelsius' },
  'storage.controllers[].virtualDrives[]': { keep: 'id driveGroup level state sizeText sizeBytes cache device', name: 'name' },
  'storage.controllers[].physicalDrives[]': DRIVE,
  'storage.hiddenDrives[]': HIDDEN_DRIVE,
  'storage.softwareRaid[]': { keep: 'level metadata deviceCount state sizeBytes', uuid: 'uuid', name: 'name' },
  'storage.softwareRaid[].members[]': { keep: 'device role state' },
  'storage.volumeGroups[]': { keep: 'sizeBytes sizeText freeBytes freeText missingDevices', uuid: 'uuid', name: 'name' },
  'storage.volumeGroups[].physicalVolumes[]': { keep: 'device sizeBytes sizeText freeBytes freeText', uuid: 'uuid' },
  'storage.volumeGroups[].logicalVolumes[]': { keep: 'sizeBytes sizeText layout', uuid: 'uuid', name: 'name' },
  'storage.hostAdapters[]': {
    keep: 'name driver model firmware pciAddress portState speed supportedSpeeds',
    serial: 'serial',
    hex: 'wwpn wwnn sasAddress',
  },
  network: { keep: 'portCount virtualFunctionCount bmcLinkCount' },
  'network.bonds[]': { keep: 'name mode members' },
  'network.vlans[]': { keep: 'id link', name: 'name' },
  'network.bridges[]': { keep: 'name members' },
  'network.infiniband[]': { keep: 'name type firmware hardware', hex: 'nodeGuid systemImageGuid' },
  'network.infiniband[].ports[]': { keep: 'port state physicalState rateGbps lid linkLayer', hex: 'portGuid' },
  'gpus[]': {
    keep: 'pciAddress vendor model driver vbios partNumber memoryBytes eccEnabled migEnabled driverVersion problem',
    serial: 'serial',
    uuid: 'uuid',
  },
  'accelerators[]': { keep: 'pciAddress vendor model driver' },
  tpm: { keep: 'version vendor description firmware' },
  'powerSupplies[]': {
    keep: 'location name manufacturer model revision maxWatts present status plugged hotReplaceable',
    serial: 'serial assetTag',
  },
  'fans[]': { keep: 'description type status nominalRpm' },
  'slots[]': { keep: 'designation type used length busAddress' },
  'usb[]': { keep: 'bus device vendorId productId name', serial: 'serial' },
  'watchdogs[]': { keep: 'name identity state' },
};
