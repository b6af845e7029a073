import type { Nic } from '../../domain/record/network.ts';
import { columnsOf } from './column.ts';

/** What is known of a network interface; of several LLDP neighbours the first. */
export const NIC = columnsOf<Nic>()({
  name: { label: 'Name', type: 'text', about: 'kernel name', of: (nic) => nic.name },
  mac: { type: 'mac', about: 'MAC address in use', of: (nic) => nic.mac },
  permanentMac: { type: 'mac', about: 'MAC address of the hardware', of: (nic) => nic.permanentMac },
  portMac: {
    label: 'MAC address',
    type: 'mac',
    about: 'its permanent address, or the one in use',
    of: (nic) => nic.permanentMac ?? nic.mac,
  },
  driver: { label: 'Driver', type: 'text', about: 'driver', of: (nic) => nic.driver },
  firmware: { label: 'Firmware', type: 'text', about: 'firmware version', of: (nic) => nic.firmware },
  pciAddress: { type: 'text', about: 'PCI address', of: (nic) => nic.pciAddress },
  slot: { type: 'text', about: 'label of the slot', of: (nic) => nic.slot },
  bus: { type: 'text', about: 'pci, usb, virtio ...', of: (nic) => nic.bus },
  vendor: { type: 'text', about: 'maker of the chip', of: (nic) => nic.vendor },
  product: { type: 'text', about: 'chip', of: (nic) => nic.product },
  bmcLink: { type: 'mark', about: 'a link to the BMC, not a port', of: (nic) => nic.bmcLink },
  virtualFunction: { type: 'mark', about: 'not a port of its own', of: (nic) => nic.virtualFunction },
  linkType: { type: 'text', about: 'ether, infiniband ...', of: (nic) => nic.linkType },
  guid: { type: 'text', about: 'InfiniBand port GUID', of: (nic) => nic.guid },
  linkUp: { label: 'Link', type: 'boolean', about: 'a cable with somebody at its other end', of: (nic) => nic.linkUp },
  speedMbps: { label: 'Speed', type: 'bigint', about: 'speed of the link', of: (nic) => nic.speedMbps },
  duplex: { type: 'text', about: 'full or half', of: (nic) => nic.duplex },
  portType: { type: 'text', about: 'Twisted Pair, FIBRE ...', of: (nic) => nic.portType },
  mtuBytes: { type: 'bigint', about: 'largest packet', of: (nic) => nic.mtuBytes },
  transceiverPartNumber: { type: 'text', about: 'what is plugged in', of: (nic) => nic.transceiver?.partNumber },
  transceiverSerial: { type: 'text', about: 'its serial number', of: (nic) => nic.transceiver?.serial },
  switch: {
    type: 'text',
    about: 'name of the switch, or its number',
    of: (nic) => nic.lldp?.[0]?.chassisName ?? nic.lldp?.[0]?.chassisId,
  },
  switchName: { type: 'text', about: 'name of the switch', of: (nic) => nic.lldp?.[0]?.chassisName },
  switchId: { type: 'text', about: 'its MAC address or another number', of: (nic) => nic.lldp?.[0]?.chassisId },
  switchPort: { type: 'text', about: 'port of the switch', of: (nic) => nic.lldp?.[0]?.portId },
  switchPortDescription: { type: 'text', about: 'description of that port', of: (nic) => nic.lldp?.[0]?.portDescription },
  switchAddresses: { type: 'texts', about: 'addresses of the switch', of: (nic) => nic.lldp?.[0]?.managementAddresses },
  pvid: { type: 'bigint', about: 'VLAN of untagged frames', of: (nic) => nic.lldp?.[0]?.pvid },
});
