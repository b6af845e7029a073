import { isMachineAddress } from '../../domain/ip-address.ts';

/** An IPv4 address that a BMC can be reached at; undefined for none, 0.0.0.0 and what is no unicast address. */
export function bmcAddress(text: string | undefined): string | undefined {
  return text !== undefined && isMachineAddress(text) ? text : undefined;
}
