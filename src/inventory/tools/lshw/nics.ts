import type { Nic } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { isBmcLink } from '../../values/bmc-link.ts';
import { hardwareAddress } from '../../values/hardware-address.ts';
import { onOff, yesNo } from '../../values/yes-no.ts';
import { namesOf, pciAddressAbove } from './pci.ts';
import type { LshwNode } from './tree.ts';

/** Interfaces on a bus as lshw lists them, by name; what has no bus (bonds, bridges, tunnels) is no hardware. */
export function lshwNics(nodes: readonly LshwNode[]): Nic[] {
  const nics = nodes.flatMap((node) => {
    const name = node.class === 'network' ? node.logicalNames[0] : undefined;
    return name === undefined || busOf(node) === undefined ? [] : [readNic(name, node)];
  });
  return [...new Map(nics.map((nic) => [nic.name, nic])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What lshw knows of interfaces that other sources found at the same PCI address and by the same name: only what those lack. */
export function withLshw(nics: readonly Nic[], fromLshw: readonly Nic[]): Nic[] {
  return nics.map((nic) => {
    const found = fromLshw.find((other) => other.name === nic.name && isSameHardware(other, nic));
    if (found === undefined) return nic;
    const { driver, driverVersion, firmware, vendor, product } = found;
    return { ...definedOnly<Partial<Nic>>({ driver, driverVersion, firmware, vendor, product }), ...nic };
  });
}

/** The port of an interface may have had another name when lshw ran. */
export function sameNic(a: Nic, b: Nic): boolean {
  return a.mac !== undefined && [b.mac, b.permanentMac].includes(a.mac) && isSameHardware(a, b);
}

function isSameHardware(a: Nic, b: Nic): boolean {
  if (a.pciAddress !== undefined && b.pciAddress !== undefined) return a.pciAddress === b.pciAddress;
  return a.mac !== undefined && a.mac === b.mac;
}

function readNic(name: string, node: LshwNode): Nic {
  const setting = (key: string): string | undefined => node.configuration.get(key);
  const bus = busOf(node);
  const driver = setting('driver');
  const isUp = setting('link') === 'yes' && !node.disabled;
  const mac = hardwareAddress(node.serial);
  const { vendor, product } = bus === 'pci' ? namesOf(node) : {};
  return definedOnly<Nic>({
    name,
    mac,
    driver,
    driverVersion: setting('driverversion'),
    firmware: setting('firmware'),
    pciAddress: pciAddressAbove(node),
    bus,
    bmcLink: isBmcLink({ name, bus, driver, busInfo: undefined, uevent: '' }) ? true : undefined,
    vendor,
    product,
    linkType: mac?.length === 17 ? 'ether' : undefined,
    // an interface that nobody has switched on shows no link whether or not a cable is in it
    linkUp: node.disabled ? undefined : yesNo(setting('link')),
    speedMbps: isUp ? megabits(node.size) : undefined,
    duplex: isUp ? setting('duplex') : undefined,
    autoNegotiation: onOff(setting('autonegotiation')),
  });
}

/** A virtio interface is a node below that of its PCI function. */
function busOf(node: LshwNode): string | undefined {
  const bus = /^(pci|usb|virtio)@/.exec(node.businfo ?? '')?.[1];
  return bus ?? (node.businfo === undefined && node.parents.at(-1)?.class === 'network' ? 'virtio' : undefined);
}

function megabits(bitsPerSecond: number | undefined): number | undefined {
  const speed = (bitsPerSecond ?? 0) / 1_000_000;
  return Number.isInteger(speed) && speed > 0 ? speed : undefined;
}
