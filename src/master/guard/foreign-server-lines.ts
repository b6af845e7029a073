import { BOOTABLE_ARCHITECTURES } from '../../domain/firmware.ts';

/** Stands for our address where nobody has given us one on that network. */
export const ADDRESS_PLACEHOLDER = 'ADDRESS';

type Bootable = (typeof BOOTABLE_ARCHITECTURES)[number];

const BY_TFTP = BOOTABLE_ARCHITECTURES.filter(({ name }) => !name.endsWith('-http'));
const BY_HTTP = BOOTABLE_ARCHITECTURES.filter(({ name }) => name.endsWith('-http'));

/** For the console: what the administrator of a DHCP server enters so that it boots machines from us; at most 76 columns each. */
export function shortServerLines(address: string): string[] {
  const files = [...Map.groupBy(BY_TFTP, ({ loader }) => loader)].map(
    ([loader, those]) => `${those.map(({ option93 }) => option93).join(', ')} ${loader}`,
  );
  return [
    'For the administrator of that DHCP server:',
    `  66 next server  ${address}`,
    `  67 boot file, by 93: ${files.join(' | ')}`,
    ...BY_HTTP.map((one) => `  67 for ${one.option93}: ${fileUrl(address, one)}`),
    `  67 for user class (77) iPXE: ${menuUrl(address)}`,
    '  In the words of ISC, dnsmasq, Kea, Windows: /networks/dhcp-lines.txt',
  ];
}

/** The same in the words of four servers, as one text. */
export function serverLines(address: string): string {
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
    ...part('ISC dhcpd (dhcpd.conf, in the subnet)', iscLines(address)),
    ...part('dnsmasq (dnsmasq.conf)', dnsmasqLines(address)),
    ...part('Kea (kea-dhcp4.conf, in Dhcp4)', keaLines(address)),
    ...part('Windows DHCP server (PowerShell)', windowsLines(address)),
  ].join('\n');
}

function part(title: string, lines: readonly string[]): string[] {
  return [`== ${title} ==`, '', ...lines, ''];
}

function iscLines(address: string): string[] {
  const branch = ({ option93, loader }: Bootable): string[] => [`} elsif option arch = ${colonHex(option93)} {`, `  filename "${loader}";`];
  return [
    'option arch code 93 = unsigned integer 16;',
    `next-server ${address};`,
    'if exists user-class and option user-class = "iPXE" {',
    `  filename "${menuUrl(address)}";`,
    ...BY_TFTP.flatMap(branch),
    ...BY_HTTP.flatMap((one) => [
      `} elsif option arch = ${colonHex(one.option93)} {`,
      '  option vendor-class-identifier "HTTPClient";',
      `  filename "${fileUrl(address, one)}";`,
    ]),
    '}',
  ];
}

function dnsmasqLines(address: string): string[] {
  return [
    'dhcp-userclass=set:ipxe,iPXE',
    ...BOOTABLE_ARCHITECTURES.map(({ name, option93 }) => `dhcp-match=set:${name},option:client-arch,${option93}`),
    `dhcp-boot=tag:ipxe,${menuUrl(address)}`,
    ...BY_TFTP.map(({ name, loader }) => `dhcp-boot=tag:${name},tag:!ipxe,${loader},,${address}`),
    ...BY_HTTP.flatMap((one) => [
      `dhcp-boot=tag:${one.name},tag:!ipxe,${fileUrl(address, one)}`,
      `dhcp-option-force=tag:${one.name},option:vendor-class,HTTPClient`,
    ]),
  ];
}

function keaLines(address: string): string[] {
  const classes = [
    { name: 'ipxe', test: "option[77].hex == 'iPXE'", 'boot-file-name': menuUrl(address) },
    ...BY_TFTP.map(({ name, option93, loader }) => ({
      name,
      test: `not member('ipxe') and option[93].hex == 0x${hex(option93)}`,
      'next-server': address,
      'boot-file-name': loader,
    })),
    ...BY_HTTP.map((one) => ({
      name: one.name,
      test: `not member('ipxe') and option[93].hex == 0x${hex(one.option93)}`,
      'boot-file-name': fileUrl(address, one),
      'option-data': [{ name: 'vendor-class-identifier', data: 'HTTPClient', 'always-send': true }],
    })),
  ];
  return ['"client-classes": [', classes.map((one) => `  ${JSON.stringify(one)}`).join(',\n'), ']'];
}

/** The policy for iPXE comes first, because iPXE says PXEClient as well and the first policy that fits wins. */
function windowsLines(address: string): string[] {
  const policy = (
    name: string,
    order: number,
    type: 'User' | 'Vendor',
    data: string,
    values: readonly (readonly [number, string])[],
  ): string[] => [
    `Add-DhcpServerv4Class -Name "${name}" -Type ${type} -Data "${data}"`,
    `Add-DhcpServerv4Policy -Name "${name}" -Condition OR -${type}Class EQ,"${name}*" -ProcessingOrder ${order}`,
    ...values.map(([option, value]) => `Set-DhcpServerv4OptionValue -PolicyName "${name}" -OptionId ${option} -Value "${value}"`),
  ];
  return [
    // option 60 is not among those that the server knows from the start
    'Add-DhcpServerv4OptionDefinition -Name "PXEClient" -OptionId 60 -Type String',
    ...policy('Recon iPXE', 1, 'User', 'iPXE', [[67, menuUrl(address)]]),
    ...BY_TFTP.flatMap(({ option93, loader }, index) =>
      policy(`Recon ${loader} ${option93}`, index + 2, 'Vendor', `PXEClient:Arch:${digits(option93)}`, [
        [66, address],
        [67, loader],
      ]),
    ),
    ...BY_HTTP.flatMap((one, index) =>
      policy(`Recon HTTP ${one.option93}`, index + 2 + BY_TFTP.length, 'Vendor', `HTTPClient:Arch:${digits(one.option93)}`, [
        [60, 'HTTPClient'],
        [67, fileUrl(address, one)],
      ]),
    ),
  ];
}

function menuUrl(address: string): string {
  return `http://${address}/menu.ipxe`;
}

function fileUrl(address: string, { loader }: Bootable): string {
  return `http://${address}/install/loader/${loader}`;
}

function hex(number: number): string {
  return number.toString(16).padStart(4, '0');
}

/** `00:07`. */
function colonHex(number: number): string {
  return `${hex(number).slice(0, 2)}:${hex(number).slice(2)}`;
}

/** `00007`, as in the vendor class of firmware. */
function digits(number: number): string {
  return String(number).padStart(5, '0');
}
