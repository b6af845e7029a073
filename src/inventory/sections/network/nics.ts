import type { Capture } from '../../../domain/capture.ts';
import type { PciFunction } from '../../../domain/record/devices.ts';
import type { Nic } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { decodeText, wholeLines, wholeNumber } from '../../../domain/values/text.ts';
import { supportedLinkModes } from '../../tools/ethtool/modes.ts';
import { parseEthtoolModule } from '../../tools/ethtool/module.ts';
import { firmwareLldpAgent } from '../../tools/ethtool/private-flags.ts';
import { ethtoolSpeedMbps, parseEthtool, parsePermanentAddress } from '../../tools/ethtool/text.ts';
import { type IpInterface, parseIpJson } from '../../tools/ip-json.ts';
import { parseLldpctl } from '../../tools/lldpctl/lldpctl.ts';
import { lshwNics, nicsWithLshw } from '../../tools/lshw/nics.ts';
import { isBmcLink } from '../../values/bmc-link.ts';
import { copiedText, copiedValue, linkedName, linkTarget } from '../../values/copied-files.ts';
import { type DevicePlace, parseDevicePath } from '../../values/device-path.ts';
import { noData, ok, type SectionResult } from '../../values/section.ts';
import { pciFunctions } from '../pci/pci.ts';

/** Network interfaces that are hardware (bridges, bonds, VLANs, veth and loopback are not), by name; where neither ip nor /sys has any, as lshw lists them. */
export function normaliseNics(capture: Capture): SectionResult<Nic[]> {
  const addresses = parseIpJson(capture.output('ip-address'));
  const links = parseIpJson(capture.output('ip-link'));
  const names = [...new Set([...addresses.keys(), ...links.keys(), ...capture.list('sys/class/net')])].sort();
  const fromLshw = lshwNics(capture);
  if (names.length === 0) return fromLshw.length > 0 ? ok(fromLshw) : noData(capture, ['ip-address', 'ip-link']);
  const functions = new Map(pciFunctions(capture).map((found) => [found.address, found]));
  const neighbours = parseLldpctl(capture.output('lldpctl'));
  const nics = names
    .map((name) => ({
      name,
      ip: addresses.get(name) ?? links.get(name),
      permanent: links.get(name)?.permanentAddress,
      place: placeOf(capture, name),
    }))
    .filter(({ name, ip, place }) => isHardware(name, ip, place))
    .map(({ name, ip, permanent, place }) => {
      const nic = readNic({ capture, name, ip, permanent, place, functions });
      const lldp = neighbours.get(name);
      return lldp === undefined ? nic : { ...nic, lldp };
    });
  return ok(nicsWithLshw(nics, fromLshw));
}

interface NicSources {
  capture: Capture;
  name: string;
  ip: IpInterface | undefined;
  permanent: string | undefined;
  place: DevicePlace | undefined;
  functions: ReadonlyMap<string, PciFunction>;
}

function readNic({ capture, name, ip, permanent, place, functions }: NicSources): Nic {
  const driver = parseEthtool(wholeLines(decodeText(capture.output(`ethtool-driver-${name}`))));
  const linkText = wholeLines(decodeText(capture.output(`ethtool-${name}`)));
  const link = parseEthtool(linkText);
  const file = (path: string): string | undefined => copiedValue(capture, `sys/class/net/${name}/${path}`);
  const mac = ip?.address ?? hardwareAddress(file('address'));
  const pciAddress = place?.pciAddress ?? pciAddressOf(driver.get('bus-info'));
  const pci = pciAddress === undefined ? undefined : functions.get(pciAddress);
  const uevent = copiedText(capture, `sys/class/net/${name}/device/uevent`);
  const driverName = driver.get('driver') ?? /^DRIVER=(.+)$/m.exec(uevent)?.[1];
  const physicalFunction = pciAddressOf(linkedName(capture, `sys/class/net/${name}/device/physfn`));
  const linkType = ip?.linkType ?? LINK_TYPES[file('type') ?? ''];
  const isAboutPci = place?.bus !== 'usb';
  return definedOnly<Nic>({
    name,
    mac,
    // addr_assign_type 0 says that the address in use is the permanent one (Documentation/ABI/testing/sysfs-class-net)
    permanentMac: permanentOf(capture, name) ?? ip?.permanentAddress ?? permanent ?? (file('addr_assign_type') === '0' ? mac : undefined),
    driver: driverName,
    driverVersion: driver.get('version'),
    firmware: driver.get('firmware-version'),
    pciAddress,
    slot: file('device/label') ?? pci?.slot,
    bus: place?.bus,
    bmcLink: isBmcLink({ name, bus: place?.bus, driver: driverName, busInfo: driver.get('bus-info'), uevent }) ? true : undefined,
    vendor: isAboutPci ? pci?.vendor : undefined,
    product: isAboutPci ? pci?.device : undefined,
    linkType,
    guid: linkType === 'infiniband' ? guidOf(mac) : undefined,
    linkUp: linkState(ip, file('operstate')),
    speedMbps: wholeNumber(file('speed')) ?? ethtoolSpeedMbps(link),
    duplex: (file('duplex') ?? link.get('Duplex')?.toLowerCase())?.replace(/^unknown.*$/, '') || undefined,
    portType: link.get('Port'),
    supportedModes: supportedLinkModes(linkText),
    autoNegotiation: /^on$/i.test(link.get('Auto-negotiation') ?? '')
      ? true
      : /^off$/i.test(link.get('Auto-negotiation') ?? '')
        ? false
        : undefined,
    mtuBytes: ip?.mtuBytes ?? wholeNumber(file('mtu')),
    addresses: ip !== undefined && ip.addresses.length > 0 ? ip.addresses : undefined,
    memberOf: ip?.memberOf,
    sriovTotalVfs: wholeNumber(file('device/sriov_totalvfs')),
    sriovVfs: wholeNumber(file('device/sriov_numvfs')),
    physicalFunction,
    virtualFunction: physicalFunction !== undefined || /virtual function/i.test(pci?.device ?? '') ? true : undefined,
    firmwareLldpAgent: firmwareLldpAgent(wholeLines(decodeText(capture.output(`ethtool-private-flags-${name}`)))),
    transceiver: parseEthtoolModule(wholeLines(decodeText(capture.output(`ethtool-module-${name}`)))),
  });
}

function placeOf(capture: Capture, name: string): DevicePlace | undefined {
  const path = linkTarget(capture, `sys/class/net/${name}`);
  return path === undefined ? undefined : parseDevicePath(path);
}

function isHardware(name: string, ip: IpInterface | undefined, place: DevicePlace | undefined): boolean {
  if (name === 'lo' || ip?.linkType === 'loopback') return false;
  return place === undefined ? ip?.kind === undefined : !place.isVirtual;
}

function permanentOf(capture: Capture, name: string): string | undefined {
  return parsePermanentAddress(wholeLines(decodeText(capture.output(`ethtool-permanent-${name}`))));
}

function hardwareAddress(text: string | undefined): string | undefined {
  return text === undefined || /^[0:]+$/.test(text) ? undefined : text.toLowerCase();
}

/** An interface that nobody has switched on shows no link whether or not a cable is in it. */
function linkState(ip: IpInterface | undefined, operstate: string | undefined): boolean | undefined {
  if (ip !== undefined) return ip.flags.includes('UP') ? ip.flags.includes('LOWER_UP') : undefined;
  return operstate === 'up' ? true : undefined;
}

function pciAddressOf(busInfo: string | undefined): string | undefined {
  return busInfo !== undefined && /^[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.test(busInfo) ? busInfo : undefined;
}

/** IPoIB: flags and queue pair, then the 16-byte GID, whose last 8 bytes are the port's GUID (RFC 4391 9.1.1). */
function guidOf(address: string | undefined): string | undefined {
  const octets = address?.split(':') ?? [];
  return octets.length === 20 ? octets.slice(-8).join(':') : undefined;
}

/** ARPHRD_ numbers of linux/if_arp.h. */
const LINK_TYPES: Readonly<Record<string, string>> = { '1': 'ether', '32': 'infiniband' };
