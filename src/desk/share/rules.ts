import type { PseudonymKind } from './pseudonyms.ts';

/** `keep`: says nothing of whose machine it is. What has no rule is left out, so that a new field is never shared by accident. */
export type ShareRule = PseudonymKind | 'keep' | 'drop';

/** The rule for a text of a record or of early facts: by `parent.key` (lists are named by their key), or by its key alone. */
export function shareRule(parent: string, key: string): ShareRule {
  return RULES.get(`${parent}.${key}`) ?? RULES.get(key) ?? 'drop';
}

const KEPT = `addressSource architecture bankLocator bay biosVersion boardManufacturer boardPartNumber boardProduct bootCurrent bootMode bootNext
  bootNicName buildArchitecture bus busAddress cache chassisPartNumber chassisType class classId code connector cpus date description designation
  device deviceId driveGroup driver driverVersion duplex ecc enclosure enclosureSlot entity event family firmware firmwarePackage
  firmwareVersion flags formFactor handle hardware hctl health heightRackUnits hypervisor id identity interface ipmiVersion kind lastAdded
  lastErased layout length level link linkLayer linkType location locator manufacturer manufacturerName medium memberOf members metadata microcode mode model name
  nicAddress nicChip nicDriver nicPciId origin partNumber paths pciAddress physicalFunction physicalState platform portState portType product
  productId productManufacturer productName productPartNumber release revision role sensor severity sizeText sku slot smartctlType speed state
  status subnetMask subsystemDevice subsystemDeviceId subsystemVendor subsystemVendorId supportedModes supportedSpeeds technology text time tool
  transport type types unanswered unit vbios vendor vendorId version virtualization vlan vulnerabilities pci.address`;

/** Texts of people, of firmware that quotes serial numbers, and of the site's own programs; and what is made anew from the rest. */
const DROPPED = `byPath chassisDescription commandLine data evidence lines message multipathName problems reason subsystemNqn value
  bootOrder.name custom.name`;

const RULES: ReadonlyMap<string, ShareRule> = new Map<string, ShareRule>([
  ...words(KEPT).map((key) => [key, 'keep'] as const),
  ...words(DROPPED).map((key) => [key, 'drop'] as const),
  ...words('serial assetTag boardSerial chassisSerial productAssetTag productSerial').map((key) => [key, 'serial'] as const),
  ...words('mac permanentMac bootNicMac').map((key) => [key, 'mac'] as const),
  ...words('uuid').map((key) => [key, 'uuid'] as const),
  ...words('eui64 guid nguid nodeGuid portGuid sasAddress systemImageGuid wwn wwnn wwpn').map((key) => [key, 'hex'] as const),
  ...words('address addresses gateway ipv6Addresses managementAddresses').map((key) => [key, 'address'] as const),
  ...words(
    'chassisId chassisName portDescription portId vlans.name enclosure.name virtualDrives.name softwareRaid.name volumeGroups.name logicalVolumes.name',
  ).map((key) => [key, 'name'] as const),
]);

function words(text: string): string[] {
  return text.split(/\s+/);
}
