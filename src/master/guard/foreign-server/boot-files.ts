import type { LoadedArchitecture } from '../../../domain/firmware.ts';

/** How we can be reached in a network, and what for. */
export interface OfferedFiles {
  address: string;
  byTftp: readonly LoadedArchitecture[];
  byHttp: readonly LoadedArchitecture[];
}

export function offeredFiles(address: string, architectures: readonly LoadedArchitecture[]): OfferedFiles {
  const isHttp = ({ name }: LoadedArchitecture): boolean => name.endsWith('-http');
  return { address, byTftp: architectures.filter((one) => !isHttp(one)), byHttp: architectures.filter(isHttp) };
}

/** What an iPXE is handed that can fetch by HTTP. */
export function menuUrl(address: string): string {
  return `http://${address}/menu.ipxe`;
}

/** What UEFI HTTP boot is handed. */
export function fileUrl(address: string, { loader }: LoadedArchitecture): string {
  return `http://${address}/install/loader/${loader}`;
}

/** As in the vendor class of firmware (PXE 2.1): `PXEClient:Arch:00007`. */
export function vendorClass({ name, option93 }: LoadedArchitecture): string {
  return `${name.endsWith('-http') ? 'HTTP' : 'PXE'}Client:Arch:${String(option93).padStart(5, '0')}`;
}
