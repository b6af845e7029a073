import { z } from 'zod';
import { InfinibandDevice } from './infiniband.ts';
import { about, count, optional, text } from './section.ts';

const LLDP = 'lldpctl';
const MODULE = 'ethtool -m';
const IP = 'ip -json -details';
const SYS_NET = '/sys/class/net/*';

const LldpVlan = z.looseObject({
  id: count.meta(about('number of the VLAN', `${LLDP} vlan-id`)),
  name: optional.text.meta(about('name of the VLAN', `${LLDP} vlan`)),
});

export const LldpNeighbour = z.looseObject({
  chassisName: optional.text.meta(about('name of the switch', `${LLDP} chassis name`)),
  chassisId: optional.text.meta(about('its MAC address or another number', `${LLDP} chassis id`)),
  chassisDescription: optional.text.meta(about('its own description', `${LLDP} chassis descr`)),
  portId: optional.text.meta(about('port of the switch', `${LLDP} port id`)),
  portDescription: optional.text.meta(about('description of that port', `${LLDP} port descr`)),
  managementAddresses: z
    .array(text)
    .exactOptional()
    .meta(about('addresses of the switch', `${LLDP} mgmt-ip`)),
  vlans: z
    .array(LldpVlan)
    .exactOptional()
    .meta(about('VLANs of the port', `${LLDP} vlan`)),
  pvid: optional.count.meta(about('VLAN of untagged frames', `${LLDP} pvid`)),
});
export type LldpNeighbour = z.infer<typeof LldpNeighbour>;

/** Pages of SFF-8472, SFF-8636 and CMIS. */
export const Transceiver = z.looseObject({
  kind: optional.text.meta(about('SFP, QSFP28 …', `${MODULE} Identifier`)),
  vendor: optional.text.meta(about('maker', `${MODULE} Vendor name`)),
  partNumber: optional.text.meta(about('part number', `${MODULE} Vendor PN`)),
  serial: optional.text.meta(about('serial number', `${MODULE} Vendor SN`)),
  revision: optional.text.meta(about('revision', `${MODULE} Vendor rev`)),
  connector: optional.text.meta(about('LC, RJ45, No separable connector …', `${MODULE} Connector`)),
  types: z
    .array(text)
    .exactOptional()
    .meta(about('kinds of Ethernet and others that it can do', `${MODULE} Transceiver type`)),
  lengthMeters: optional.count.meta(about('of a cable with fixed ends', `${MODULE} Length (Copper)`, 'm')),
  wavelengthNanometers: z
    .number()
    .positive()
    .exactOptional()
    .meta(about('of its laser', `${MODULE} Laser wavelength`, 'nm')),
  temperatureCelsius: z
    .number()
    .exactOptional()
    .meta(about('temperature', `${MODULE} Module temperature`)),
});
export type Transceiver = z.infer<typeof Transceiver>;

export const Nic = z.looseObject({
  name: text.meta(about('kernel name', IP)),
  mac: optional.text.meta(about('MAC address in use', `${IP}, ${SYS_NET}/address`)),
  permanentMac: optional.text.meta(about('MAC address of the hardware', `ethtool -P, ${IP} permaddr`)),
  driver: optional.text.meta(about('driver', `ethtool -i, ${SYS_NET}/device/uevent, lshw`)),
  driverVersion: optional.text.meta(about('version of the driver', 'ethtool -i, lshw')),
  firmware: optional.text.meta(about('firmware version', 'ethtool -i firmware-version, lshw')),
  pciAddress: optional.text.meta(about('domain:bus:device.function', `${SYS_NET}, ethtool -i bus-info`)),
  slot: optional.text.meta(about('label of the slot or the onboard port, as the firmware says', `${SYS_NET}/device/label, lspci PhySlot`)),
  bus: optional.text.meta(
    about('pci, usb, virtio …; a USB interface in a server is usually the link to its BMC', 'the device path in /sys'),
  ),
  bmcLink: z
    .literal(true)
    .exactOptional()
    .meta(about('a link between host and BMC, not a port of the machine', `${SYS_NET}/device/uevent, ethtool -i`)),
  vendor: optional.text.meta(about('maker of the chip', 'lspci -Dvmmnnk, lshw')),
  product: optional.text.meta(about('chip', 'lspci -Dvmmnnk, lshw')),
  linkType: optional.text.meta(about('as ip says: ether, infiniband …', `${IP} link_type`)),
  guid: optional.text.meta(about('InfiniBand port GUID: the last 8 bytes of the 20-byte address', IP)),
  linkUp: optional.flag.meta(about('a cable with somebody at its other end', `${IP} LOWER_UP, ethtool Link detected`)),
  speedMbps: optional.count.meta(about('speed of the link', `${SYS_NET}/speed, ethtool Speed`)),
  duplex: optional.text.meta(about('full or half', `${SYS_NET}/duplex, ethtool Duplex`)),
  portType: optional.text.meta(about('as ethtool says: Twisted Pair, FIBRE, Direct Attach Copper …', 'ethtool Port')),
  supportedModes: z.array(text).exactOptional().meta(about('what the port can do', 'ethtool Supported link modes')),
  autoNegotiation: optional.flag.meta(about('speed is negotiated', 'ethtool Auto-negotiation')),
  mtuBytes: optional.count.meta(about('largest packet', `${IP}, ${SYS_NET}/mtu`)),
  addresses: z.array(text).exactOptional().meta(about('IP addresses at the time of the inventory', IP)),
  memberOf: optional.text.meta(about('bond or bridge', `${IP} master`)),
  sriovTotalVfs: optional.count.meta(about('virtual functions that are possible', `${SYS_NET}/device/sriov_totalvfs`)),
  sriovVfs: optional.count.meta(about('virtual functions that are switched on', `${SYS_NET}/device/sriov_numvfs`)),
  physicalFunction: optional.text.meta(
    about('PCI address of the function that this virtual function belongs to', `${SYS_NET}/device/physfn`),
  ),
  virtualFunction: z
    .literal(true)
    .exactOptional()
    .meta(about('not a port of its own', `${SYS_NET}/device/physfn, lspci -Dvmmnnk`)),
  firmwareLldpAgent: optional.flag.meta(
    about(
      "the card's own firmware listens for LLDP and keeps the frames from Linux",
      'ethtool --show-priv-flags disable-fw-lldp (i40e), fw-lldp-agent (ice)',
    ),
  ),
  transceiver: Transceiver.exactOptional().meta(about('what is plugged into the port', MODULE)),
  lldp: z.array(LldpNeighbour).exactOptional().meta(about('who is at the other end', LLDP)),
});
export type Nic = z.infer<typeof Nic>;

const Bond = z.looseObject({
  name: text.meta(about('kernel name', IP)),
  mode: optional.text.meta(about('as ip says: 802.3ad, active-backup …', `${IP} mode`)),
  members: z.array(text).meta(about('its interfaces', `${IP} master`)),
});

const Vlan = z.looseObject({
  name: text.meta(about('kernel name', IP)),
  id: count.meta(about('number of the VLAN', `${IP} id`)),
  link: optional.text.meta(about('interface below it', `${IP} link`)),
});

const Bridge = z.looseObject({
  name: text.meta(about('kernel name', IP)),
  members: z.array(text).meta(about('its interfaces', `${IP} master`)),
});

/** What belongs to no single interface. */
export const NetworkSection = z.looseObject({
  portCount: count.exactOptional().meta(about('ports of the machine, without virtual functions and links to the BMC', `${IP}, ${SYS_NET}`)),
  virtualFunctionCount: count.exactOptional().meta(about('virtual functions', `${IP}, ${SYS_NET}`)),
  bmcLinkCount: count.exactOptional().meta(about('links between host and BMC', `${IP}, ${SYS_NET}`)),
  bonds: z.array(Bond).exactOptional().meta(about('bonds of the running system', IP)),
  vlans: z.array(Vlan).exactOptional().meta(about('VLANs of the running system', IP)),
  bridges: z.array(Bridge).exactOptional().meta(about('bridges of the running system', IP)),
  infiniband: z.array(InfinibandDevice).exactOptional().meta(about('InfiniBand and RoCE devices', 'ibstat, /sys/class/infiniband')),
});
export type NetworkSection = z.infer<typeof NetworkSection>;
