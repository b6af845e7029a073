import type { PciFunction } from '../../../domain/record/devices.ts';
import type { Nic } from '../../../domain/record/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import type { EthtoolReading } from '../../readings/ethtool.ts';
import { ethtoolSpeedMbps } from '../../tools/ethtool/text.ts';
import type { IpInterface } from '../../tools/ip/interface.ts';
import { isBmcLink } from '../../values/bmc-link.ts';
import { type CopiedFiles, copiedText, copiedValue, linkedName } from '../../values/copied-files.ts';
import type { DevicePlace } from '../../values/device-path.ts';
import { hardwareAddress } from '../../values/hardware-address.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { pciAddress } from '../../values/pci-address.ts';
import { onOff } from '../../values/yes-no.ts';

/** What is known of an interface before its files in /sys are looked at. */
export interface NicSources {
  name: string;
  ip: IpInterface | undefined;
  /** of `ip`, which prints it with the link only */
  permanentMac: string | undefined;
  ethtool: EthtoolReading;
  place: DevicePlace | undefined;
  /** PCI functions by address */
  functions: ReadonlyMap<string, PciFunction>;
}

/** One interface from all that say something of it. */
export function readNic({ name, ip, permanentMac, ethtool, place, functions }: NicSources, files: CopiedFiles): Nic {
  const { driver, link } = ethtool;
  const file = (path: string): string | undefined => copiedValue(files, `sys/class/net/${name}/${path}`);
  const mac = ip?.address ?? hardwareAddress(file('address'));
  const address = place?.pciAddress ?? pciAddress(driver.get('bus-info'));
  const pci = address === undefined ? undefined : functions.get(address);
  const uevent = copiedText(files, `sys/class/net/${name}/device/uevent`);
  const driverName = driver.get('driver') ?? /^DRIVER=(.+)$/m.exec(uevent)?.[1];
  const physicalFunction = pciAddress(linkedName(files, `sys/class/net/${name}/device/physfn`));
  const linkType = ip?.linkType ?? LINK_TYPES[file('type') ?? ''];
  const isAboutPci = place?.bus !== 'usb';
  return definedOnly<Nic>({
    name,
    mac,
    // addr_assign_type 0 says that the address in use is the permanent one (Documentation/ABI/testing/sysfs-class-net)
    permanentMac: ethtool.permanentMac ?? permanentMac ?? (file('addr_assign_type') === '0' ? mac : undefined),
    driver: driverName,
    driverVersion: driver.get('version'),
    firmware: driver.get('firmware-version'),
    pciAddress: address,
    slot: file('device/label') ?? pci?.slot,
    bus: place?.bus,
    bmcLink: isBmcLink({ name, bus: place?.bus, driver: driverName, busInfo: driver.get('bus-info'), uevent }) ? true : undefined,
    vendor: isAboutPci ? pci?.vendor : undefined,
    product: isAboutPci ? pci?.device : undefined,
    linkType,
    guid: linkType === 'infiniband' ? guidOf(mac) : undefined,
    // that there is none says nothing: nobody may have switched the interface on
    linkUp: linkState(ip, file('operstate')) ?? (ip === undefined && /^yes$/i.test(link.get('Link detected') ?? '') ? true : undefined),
    speedMbps: linkSpeedMbps(wholeNumber(file('speed'))) ?? linkSpeedMbps(ethtoolSpeedMbps(link)),
    duplex: (file('duplex') ?? link.get('Duplex')?.toLowerCase())?.replace(/^unknown.*$/, '') || undefined,
    portType: link.get('Port'),
    supportedModes: ethtool.supportedModes,
    autoNegotiation: onOff(link.get('Auto-negotiation')),
    mtuBytes: ip?.mtuBytes ?? wholeNumber(file('mtu')),
    addresses: nonEmpty(ip?.addresses ?? []),
    memberOf: ip?.memberOf,
    sriovTotalVfs: wholeNumber(file('device/sriov_totalvfs')),
    sriovVfs: wholeNumber(file('device/sriov_numvfs')),
    physicalFunction,
    virtualFunction: physicalFunction !== undefined || /virtual function/i.test(pci?.device ?? '') ? true : undefined,
    firmwareLldpAgent: ethtool.firmwareLldpAgent,
    transceiver: ethtool.transceiver,
  });
}

/** SPEED_UNKNOWN is all ones, of 32 bits or cut to 16 (linux/ethtool.h); the fastest port has 1.6 Tbit/s. */
function linkSpeedMbps(speed: number | undefined): number | undefined {
  return speed === undefined || speed === 0 || speed === 0xffff || speed > 3_200_000 ? undefined : speed;
}

/** An interface that nobody has switched on shows no link whether or not a cable is in it. */
function linkState(ip: IpInterface | undefined, operstate: string | undefined): boolean | undefined {
  if (ip !== undefined) return ip.flags.includes('UP') ? ip.flags.includes('LOWER_UP') : undefined;
  return operstate === 'up' ? true : undefined;
}

/** IPoIB: flags and queue pair, then the 16-byte GID, whose last 8 bytes are the port's GUID (RFC 4391 9.1.1). */
function guidOf(address: string | undefined): string | undefined {
  const octets = address?.split(':') ?? [];
  return octets.length === 20 ? octets.slice(-8).join(':') : undefined;
}

/** ARPHRD_ numbers of linux/if_arp.h. */
const LINK_TYPES: Readonly<Record<string, string>> = { '1': 'ether', '32': 'infiniband' };
