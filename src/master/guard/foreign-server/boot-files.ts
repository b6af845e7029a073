import { BOOTABLE_ARCHITECTURES } from '../../../domain/firmware.ts';

export type Bootable = (typeof BOOTABLE_ARCHITECTURES)[number];

export const BY_TFTP = BOOTABLE_ARCHITECTURES.filter(({ name }) => !name.endsWith('-http'));
export const BY_HTTP = BOOTABLE_ARCHITECTURES.filter(({ name }) => name.endsWith('-http'));

/** What an iPXE is handed that can fetch by HTTP. */
export function menuUrl(address: string): string {
  return `http://${address}/menu.ipxe`;
}

/** What UEFI HTTP boot is handed. */
export function fileUrl(address: string, { loader }: Bootable): string {
  return `http://${address}/install/loader/${loader}`;
}

/** As in the vendor class of firmware (PXE 2.1): `PXEClient:Arch:00007`. */
export function vendorClass({ name, option93 }: Bootable): string {
  return `${name.endsWith('-http') ? 'HTTP' : 'PXE'}Client:Arch:${String(option93).padStart(5, '0')}`;
}
