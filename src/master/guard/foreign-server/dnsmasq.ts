import { ipxeLines } from '../../dhcp/dnsmasq/ipxe-abilities.ts';
import { fileUrl, menuUrl, type OfferedFiles } from './boot-files.ts';

/** Tags have a name of ours in front, because the file may have tags of its own. */
export function dnsmasqLines({ address, byTftp, byHttp }: OfferedFiles): string[] {
  const [ipxe, tag] = ['recon-ipxe', ({ name }: { name: string }) => `recon-${name}`];
  return [
    ...ipxeLines(ipxe),
    ...[...byTftp, ...byHttp].map((one) => `dhcp-match=set:${tag(one)},option:client-arch,${one.option93}`),
    `dhcp-boot=tag:${ipxe},${menuUrl(address)}`,
    ...byTftp.map((one) => `dhcp-boot=tag:${tag(one)},tag:!${ipxe},${one.loader},,${address}`),
    ...byHttp.flatMap((one) => [
      `dhcp-boot=tag:${tag(one)},tag:!${ipxe},${fileUrl(address, one)}`,
      `dhcp-option-force=tag:${tag(one)},option:vendor-class,HTTPClient`,
    ]),
  ];
}
