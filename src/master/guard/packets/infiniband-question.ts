import { type MacAddress, macFromBytes } from '../../../domain/values/mac.ts';
import { DHCP_OPTION, decodeDhcp } from './dhcp-packet.ts';

/** A machine that asks to boot from the network over InfiniBand. */
export interface InfinibandQuestion {
  /** of its port's GUID (EUI-64): what its maker gives the same card for Ethernet */
  mac: MacAddress;
  /** bytes as `ff:00:…`, by which an answer would find it */
  clientId: string;
}

/** What pcap-filter(7) is told: BOOTP from a client whose hardware type, its second byte, is not Ethernet. */
export const OTHER_LINK_FILTER = 'udp dst port 67 and udp[9] != 1';

const INFINIBAND = 32;
const CLIENT_IDENTIFIER = 61;
const GUID_BYTES = 8;

/**
 * Reads such a question (RFC 4390): the hardware type is 32, there is no hardware address in it, and the client identifier ends with the GUID of the port. Undefined
 * for other machines, and for one that does not want to boot from the network.
 */
export function infinibandQuestion(payload: Uint8Array): InfinibandQuestion | undefined {
  const message = decodeDhcp(payload);
  if (message?.op !== 'request' || payload[1] !== INFINIBAND) return undefined;
  const vendorClass = new TextDecoder('latin1').decode(message.options.get(DHCP_OPTION.vendorClass) ?? new Uint8Array());
  if (!/^(PXE|HTTP)Client/.test(vendorClass)) return undefined;
  const id = message.options.get(CLIENT_IDENTIFIER) ?? message.options.get(DHCP_OPTION.clientUuid) ?? new Uint8Array();
  if (id.length < GUID_BYTES) return undefined;
  const guid = id.subarray(id.length - GUID_BYTES);
  const clientId = Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join(':');
  return { mac: macFromBytes(Uint8Array.of(...guid.subarray(0, 3), ...guid.subarray(5))), clientId };
}
