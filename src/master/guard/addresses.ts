import type { MacAddress } from '../../domain/values/mac.ts';

/** Six bytes as a MAC address in our spelling; unlike parseMac it also spells the all-zero one. */
export function formatMac(bytes: Uint8Array): MacAddress {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** A MAC address in our spelling as six bytes. */
export function macBytes(mac: MacAddress): Uint8Array {
  return Uint8Array.from(mac.split(':'), (octet) => Number.parseInt(octet, 16));
}

/** Four bytes as a dotted quad. */
export function formatIpv4(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** A dotted quad as four bytes. @throws RangeError when it is none */
export function ipv4Bytes(address: string): Uint8Array {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) {
    throw new RangeError(`not an IPv4 address: ${address}`);
  }
  return Uint8Array.from(parts, Number);
}

/** Sixteen bytes as an IPv6 address, the longest run of zero groups shortened (RFC 5952). */
export function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** An IPv6 address as sixteen bytes. @throws RangeError when it is none */
export function ipv6Bytes(address: string): Uint8Array {
  const halves = address.split('::');
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  const all = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  const isFull = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  if (!isFull || all.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) throw new RangeError(`not an IPv6 address: ${address}`);
  return Uint8Array.from(all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]));
}
