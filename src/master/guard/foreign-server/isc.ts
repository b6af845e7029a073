import type { LoadedArchitecture } from '../../../domain/firmware.ts';
import { fileUrl, menuUrl, type OfferedFiles } from './boot-files.ts';

/** Definitions of options, which dhcpd takes nowhere but outside of every subnet (dhcp-options(5)); iPXE's option holds options of its own. */
export function iscDefinitions(): string[] {
  return [
    'option arch code 93 = unsigned integer 16;',
    'option space ipxe;',
    'option ipxe-encap-opts code 175 = encapsulate ipxe;',
    'option ipxe.http code 19 = unsigned integer 8;',
  ];
}

/** For the subnet. gPXE says that it has HTTP too, and cannot read what our scripts say. */
export function iscLines({ address, byTftp, byHttp }: OfferedFiles): string[] {
  const branch = ({ option93, loader }: LoadedArchitecture): string[] => [
    `} elsif option arch = ${colonHex(option93)} {`,
    `  filename "${loader}";`,
  ];
  return [
    `next-server ${address};`,
    'if exists ipxe.http and not (exists user-class and option user-class = "gPXE") {',
    `  filename "${menuUrl(address)}";`,
    ...byTftp.flatMap(branch),
    ...byHttp.flatMap((one) => [
      `} elsif option arch = ${colonHex(one.option93)} {`,
      '  option vendor-class-identifier "HTTPClient";',
      `  filename "${fileUrl(address, one)}";`,
    ]),
    '}',
  ];
}

/** `00:07`. */
function colonHex(number: number): string {
  return number.toString(16).padStart(4, '0').replace(/^../, '$&:');
}
