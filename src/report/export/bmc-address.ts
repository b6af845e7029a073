import { isMachineAddress } from '../../domain/ip-address.ts';

/** An IPv4 address that a BMC can be reached at; undefined for none, 0.0.0.0 and what is no unicast address. */
export function bmcAddress(text: string | undefined): string | undefined {
  return text !== undefined && isMachineAddress(text) ? text : undefined;
}

/** Of its own making (RFC 3927): nobody on another network reaches it, and each machine of a room may have the same one towards its own BMC. */
export function isOfItsOwnMaking(address: string): boolean {
  return address.startsWith('169.254.');
}
