import { PEER_VENDOR_CLASS } from '../../domain/network.ts';
import type { MacAddress } from '../../domain/values/mac.ts';

/** Where systemd-networkd looks, and what it is told, as a peer from the network has it from its initrd (parse-recon.sh). */
export const NETWORK_DIRECTORY = '/run/systemd/network';

/** Files of systemd-networkd (systemd.network(5)) by their names. Its unit starts only where the first of them is. */
export function portNetwork(mac: MacAddress): Readonly<Record<string, string>> {
  return { '10-recon-boot.network': text(bootPort(mac)), '20-recon-ports.network': text(OTHER_PORTS) };
}

function bootPort(mac: MacAddress): string[] {
  return [
    ...['[Match]', `MACAddress=${mac}`],
    ...['[Link]', 'RequiredForOnline=yes'],
    ...['[Network]', 'DHCP=ipv4', 'LinkLocalAddressing=no', 'IPv6AcceptRA=no', 'KeepConfiguration=dynamic'],
    // the master answers network-boot clients only; this is how it knows its own
    ...['[DHCPv4]', `VendorClassIdentifier=${PEER_VENDOR_CLASS}`, 'SendHostname=no', 'UseHostname=no', 'UseNTP=no', 'SendRelease=no'],
  ];
}

/** Up and silent, without an address. */
const OTHER_PORTS = [
  ...['[Match]', 'Type=ether', 'Kind=!*'],
  ...['[Link]', 'RequiredForOnline=no'],
  ...['[Network]', 'DHCP=no', 'LinkLocalAddressing=no', 'IPv6AcceptRA=no', 'LLDP=yes', 'EmitLLDP=no'],
];

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
