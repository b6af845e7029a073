type Fields = readonly (readonly [parent: string, names: string])[];

/** Which fields other inventories fill where the machine's own tools do not. */
const FIELDS: Readonly<Record<string, Fields>> = {
  'Redfish, facter': [
    ['cpu.', 'cores model sockets threads'],
    ['firmware.', 'version'],
    ['nics[].', 'linkType mac name'],
    ['system.chassis.', 'assetTag'],
    ['system.', 'product serial uuid vendor'],
  ],
  Redfish: [
    ['bmc.', 'address addressSource firmware gateway ipv6Addresses mac manufacturer product subnetMask'],
    ['cpu.socketList[].', 'cores designation model populated threads'],
    ['cpu.', 'socketsEmpty'],
    [
      'memory.dimms[].',
      'configuredSpeedMtps dataWidthBits ecc locator manufacturer partNumber populated rank ratedSpeedMtps serial sizeBytes totalWidthBits type',
    ],
    ['memory.', 'installedBytes slots slotsEmpty slotsPopulated'],
    ['nics[].', 'linkUp permanentMac product speedMbps vendor'],
    ['powerSupplies[].', 'location manufacturer maxWatts model name present revision serial status'],
    ['storage.controllers[].', 'firmware health id model serial tool'],
    [
      'storage.controllers[].physicalDrives[].',
      'firmware interface medium model rotationRpm serial sizeBytes slot smartPassed state vendor wearPercent wwn',
    ],
    ['storage.controllers[].virtualDrives[].', 'id level name sizeBytes state'],
    ['system.chassis.', 'serial type vendor'],
    ['system.', 'sku'],
  ],
  facter: [
    ['board.', 'assetTag product serial vendor'],
    ['cpu.', 'architecture coresPerSocket'],
    ['disks[].', 'model name rotational serial sizeBytes vendor wwn'],
    ['firmware.', 'date vendor'],
    ['memory.', 'totalBytes'],
    ['nics[].', 'addresses mtuBytes'],
  ],
};

/** Path of a field → who fills it: a BMC over Redfish, facter, or both. */
export const TOLD_FIELDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FIELDS).flatMap(([by, fields]) =>
    fields.flatMap(([parent, names]) => names.split(' ').map((name): [string, string] => [`${parent}${name}`, by])),
  ),
);
