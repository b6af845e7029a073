import { ipv6Bytes, isIpAddress, isIpv4, plainAddress } from '../../domain/ip-address.ts';

/**
 * Who a client is to a limit: an IPv4 address, or the /64 of an IPv6 address, because whoever has one of those has all of it (RFC 4291, 2.5.4).
 */
export function clientKey(address: string): string {
  const plain = plainAddress(address);
  return isIpv4(plain) || !isIpAddress(plain) ? plain : prefix64(plain);
}

/** The part of a network that one person easily has all addresses of: the /24 of an IPv4 address, the /64 of an IPv6 address. */
export function clientNetwork(address: string): string {
  const plain = plainAddress(address);
  if (isIpv4(plain)) return plain.slice(0, plain.lastIndexOf('.'));
  return isIpAddress(plain) ? prefix64(plain) : plain;
}

function prefix64(address: string): string {
  return Buffer.from(ipv6Bytes(address).subarray(0, 8)).toString('hex');
}
