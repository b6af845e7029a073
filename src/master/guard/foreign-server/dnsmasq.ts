import { BOOTABLE_ARCHITECTURES } from '../../../domain/firmware.ts';
import { ipxeLines } from '../../dhcp/dnsmasq/ipxe-abilities.ts';
import { BY_HTTP, BY_TFTP, fileUrl, menuUrl } from './boot-files.ts';

/** Tags have a name of ours in front, because the file may have tags of its own. */
export function dnsmasqLines(address: string): string[] {
  const [ipxe, tag] = ['recon-ipxe', ({ name }: { name: string }) => `recon-${name}`];
  return [
    ...ipxeLines(ipxe),
    ...BOOTABLE_ARCHITECTURES.map((one) => `dhcp-match=set:${tag(one)},option:client-arch,${one.option93}`),
    `dhcp-boot=tag:${ipxe},${menuUrl(address)}`,
    ...BY_TFTP.map((one) => `dhcp-boot=tag:${tag(one)},tag:!${ipxe},${one.loader},,${address}`),
    ...BY_HTTP.flatMap((one) => [
      `dhcp-boot=tag:${tag(one)},tag:!${ipxe},${fileUrl(address, one)}`,
      `dhcp-option-force=tag:${tag(one)},option:vendor-class,HTTPClient`,
    ]),
  ];
}
