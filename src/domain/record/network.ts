import { z } from 'zod';
import { count, optional, text } from './section.ts';

export const LldpNeighbour = z.looseObject({
  chassisName: optional.text,
  chassisId: optional.text,
  chassisDescription: optional.text,
  portId: optional.text,
  portDescription: optional.text,
  managementAddresses: z.array(text).exactOptional(),
  vlans: z.array(z.looseObject({ id: count, name: optional.text })).exactOptional(),
  pvid: optional.count.meta({ description: 'VLAN of untagged frames' }),
});
export type LldpNeighbour = z.infer<typeof LldpNeighbour>;

/** Source: `ethtool -m` (SFF-8472, SFF-8636, CMIS). */
export const Transceiver = z.looseObject({
  kind: optional.text.meta({ description: 'SFP, QSFP28 …' }),
  vendor: optional.text,
  partNumber: optional.text,
  serial: optional.text,
  revision: optional.text,
  connector: optional.text,
  types: z.array(text).exactOptional(),
  lengthMeters: optional.count.meta({ description: 'of a cable with fixed ends' }),
  wavelengthNanometers: z.number().positive().exactOptional(),
  temperatureCelsius: z.number().exactOptional(),
});
export type Transceiver = z.infer<typeof Transceiver>;

export const Nic = z.looseObject({
  name: text,
  mac: optional.text,
  permanentMac: optional.text,
  driver: optional.text,
  driverVersion: optional.text,
  firmware: optional.text,
  pciAddress: optional.text,
  slot: optional.text.meta({ description: 'label of the slot or the onboard port, as the firmware says' }),
  bus: optional.text.meta({ description: 'pci, usb, virtio …; a USB interface in a server is usually the link to its BMC' }),
  bmcLink: z.literal(true).exactOptional().meta({ description: 'a link between host and BMC, not a port of the machine' }),
  vendor: optional.text,
  product: optional.text,
  linkType: optional.text.meta({ description: 'as ip says: ether, infiniband …' }),
  guid: optional.text.meta({ description: 'InfiniBand port GUID: the last 8 bytes of the 20-byte address' }),
  linkUp: optional.flag,
  speedMbps: optional.count,
  duplex: optional.text,
  portType: optional.text.meta({ description: 'as ethtool says: Twisted Pair, FIBRE, Direct Attach Copper …' }),
  supportedModes: z.array(text).exactOptional(),
  autoNegotiation: optional.flag,
  mtuBytes: optional.count,
  addresses: z.array(text).exactOptional(),
  memberOf: optional.text.meta({ description: 'bond or bridge' }),
  sriovTotalVfs: optional.count,
  sriovVfs: optional.count.meta({ description: 'virtual functions that are switched on' }),
  physicalFunction: optional.text.meta({ description: 'PCI address of the function that this virtual function belongs to' }),
  virtualFunction: z.literal(true).exactOptional(),
  transceiver: Transceiver.exactOptional(),
  lldp: z.array(LldpNeighbour).exactOptional(),
});
export type Nic = z.infer<typeof Nic>;

/** Source: `ibstat`, /sys/class/infiniband. RoCE devices are here too: their link layer is Ethernet. */
export const InfinibandDevice = z.looseObject({
  name: text,
  type: optional.text,
  firmware: optional.text,
  hardware: optional.text,
  nodeGuid: optional.text.meta({ description: '16 hexadecimal digits' }),
  systemImageGuid: optional.text,
  ports: z.array(
    z.looseObject({
      port: count,
      state: optional.text,
      physicalState: optional.text,
      rateGbps: z.number().nonnegative().exactOptional(),
      lid: optional.count,
      portGuid: optional.text,
      linkLayer: optional.text,
    }),
  ),
});
export type InfinibandDevice = z.infer<typeof InfinibandDevice>;

/** What belongs to no single interface. Source: ip, ibstat, /sys. */
export const NetworkSection = z.looseObject({
  portCount: count.exactOptional().meta({ description: 'ports of the machine, without virtual functions and links to the BMC' }),
  virtualFunctionCount: count.exactOptional(),
  bmcLinkCount: count.exactOptional(),
  bonds: z.array(z.looseObject({ name: text, mode: optional.text, members: z.array(text) })).exactOptional(),
  vlans: z.array(z.looseObject({ name: text, id: count, link: optional.text })).exactOptional(),
  bridges: z.array(z.looseObject({ name: text, members: z.array(text) })).exactOptional(),
  infiniband: z.array(InfinibandDevice).exactOptional(),
});
export type NetworkSection = z.infer<typeof NetworkSection>;
