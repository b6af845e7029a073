import type { LoadedArchitecture } from '../../../domain/firmware.ts';
import { fileUrl, menuUrl, offeredFiles } from './boot-files.ts';
import { dnsmasqLines } from './dnsmasq.ts';
import { infobloxLines } from './infoblox.ts';
import { iscDefinitions, iscLines } from './isc.ts';
import { keaLines } from './kea.ts';
import { windowsLines } from './windows.ts';

/** Stands for our address where nobody has given us one on that network. */
export const ADDRESS_PLACEHOLDER = 'ADDRESS';

/** For the console: what the administrator of a DHCP server enters so that it boots machines from us; at most 76 columns each. */
export function shortServerLines(address: string, architectures: readonly LoadedArchitecture[]): string[] {
  const { byTftp, byHttp } = offeredFiles(address, architectures);
  const files = [...Map.groupBy(byTftp, ({ loader }) => loader)].map(
    ([loader, those]) => `${those.map(({ option93 }) => option93).join(', ')} ${loader}`,
  );
  return [
    'For the administrator of that DHCP server:',
    `  66 next server  ${address}`,
    `  67 boot file, by 93: ${files.join(' | ')}`,
    ...byHttp.map((one) => `  67 for ${one.option93}: ${fileUrl(address, one)}`),
    `  67 for iPXE with HTTP (175, code 19): ${menuUrl(address)}`,
    '  For ISC, dnsmasq, Kea, Windows, Infoblox: /networks/dhcp-lines.txt',
  ];
}

/** The same in the words of each server, as one text. Each part is what stands where its heading says, and is run through that server in the tests. */
export function serverLines(address: string, architectures: readonly LoadedArchitecture[]): string {
  const files = offeredFiles(address, architectures);
  const isKnown = address !== ADDRESS_PLACEHOLDER;
  const preface = [
    'How to let a DHCP server that is there already boot machines from Recon',
    '',
    'It goes on giving the addresses; Recon only serves boot files (TFTP port 69, HTTP port 80).',
    isKnown
      ? `Recon has the address ${address} there.`
      : `${ADDRESS_PLACEHOLDER} below stands for a free address of that network for the Recon machine.`,
    'Recon takes an address there only from recon.yaml on its stick:  mode: proxy-dhcp  and  address: (that address)/(prefix length)',
    '',
  ];
  return [
    ...preface,
    ...part('ISC dhcpd, 1 of 2 (at the top of dhcpd.conf, outside of every subnet)', iscDefinitions()),
    ...part('ISC dhcpd, 2 of 2 (dhcpd.conf, in the subnet)', iscLines(files)),
    ...part('dnsmasq (dnsmasq.conf)', dnsmasqLines(files)),
    ...part('Kea (kea-dhcp4.conf, in Dhcp4)', keaLines(files)),
    ...part('Windows DHCP server (PowerShell, as an administrator)', windowsLines(files)),
    ...part('Infoblox NIOS (CSV import; then add the filters to the range, in this order)', infobloxLines(files)),
  ].join('\n');
}

function part(title: string, lines: readonly string[]): string[] {
  return [`== ${title} ==`, '', ...lines, ''];
}
