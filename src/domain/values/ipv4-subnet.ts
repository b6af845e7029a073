/** An IPv4 subnet as numbers. */
export interface Ipv4Subnet {
  /** first address of the subnet, as an unsigned 32-bit number */
  first: number;
  prefixLength: number;
  /** how many addresses it has */
  size: number;
}

/** Reads `10.77.0.0/16`; undefined when it is none, or has bits set behind its prefix. */
export function parseSubnet(text: string): Ipv4Subnet | undefined {
  const found = parseInterfaceAddress(text);
  if (found === undefined) return undefined;
  const size = 2 ** (32 - found.prefixLength);
  const first = addressNumber(found.address);
  return first % size === 0 ? { first, prefixLength: found.prefixLength, size } : undefined;
}

/** Reads an interface's address such as `192.168.9.250/24`; undefined when it is none. */
export function parseInterfaceAddress(text: string): { address: string; prefixLength: number } | undefined {
  const found = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text);
  const prefixLength = Number(found?.[2]);
  const address = found?.[1];
  if (address === undefined || prefixLength > 32 || address.split('.').some((octet) => Number(octet) > 255)) return undefined;
  return { address, prefixLength };
}

/** The subnet that an interface's address lies in, as `192.168.9.0/24`. */
export function subnetOf(address: string, prefixLength: number): string {
  const size = 2 ** (32 - prefixLength);
  return `${addressText(Math.floor(addressNumber(address) / size) * size)}/${prefixLength}`;
}

export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
