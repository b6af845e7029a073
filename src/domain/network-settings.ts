import { z } from 'zod';
import { ipv4Number, isMachineAddress, parseInterfaceAddress, parseSubnet, subnetOf } from './ip-address.ts';

/** Networks for private use (RFC 1918). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** Room for the most machines in one segment, and for the least that make sense. */
export const SEGMENT_PREFIX = { shortest: 8, longest: 29 };

const OwnSubnet = z
  .string()
  .refine((text) => isPrivateSubnet(text), {
    message: `not a private subnet with a prefix length of ${SEGMENT_PREFIX.shortest} to ${SEGMENT_PREFIX.longest}, such as 10.77.0.0/16`,
  })
  .meta({ description: 'subnet of the first segment; the following segments get the subnets after it' });

const HostAddress = z
  .string()
  .refine((text) => isHostAddress(text), {
    message: 'not an address of a machine with the prefix length of its network, such as 192.168.9.250/24',
  })
  .meta({ description: 'a free address for this machine on the network that has a DHCP server already' });

/** How the master behaves on networks. Everything has a default: with none set, no question is asked. */
export const NetworkSettings = z
  .strictObject({
    mode: z.enum(['own-dhcp', 'proxy-dhcp', 'look-only']).default('own-dhcp').meta({
      description:
        'own-dhcp: serve segments that are quiet, and no others. proxy-dhcp: serve boot files, and no addresses, beside the one DHCP server of a network. look-only: serve nothing, say what is there',
    }),
    subnet: OwnSubnet.default('10.77.0.0/16'),
    vlan: z
      .int()
      .min(1)
      .max(4094)
      .exactOptional()
      .meta({ description: 'serve inside this VLAN (IEEE 802.1Q), with tagged frames; without it, untagged frames' }),
    interfaces: z
      .array(z.string().min(1))
      .min(1)
      .exactOptional()
      .meta({ description: 'these and no others, by kernel name or MAC address; without it every Ethernet port' }),
    address: HostAddress.exactOptional(),
    ipv6: z.boolean().default(true).meta({ description: 'own-dhcp only: network boot over IPv6 too (DHCPv6 and router advertisements)' }),
  })
  .refine(({ mode, address }) => mode !== 'proxy-dhcp' || address !== undefined, {
    path: ['address'],
    message: 'proxy-dhcp needs an address on that network, such as 192.168.9.250/24: this machine takes none by itself',
  });
export type NetworkSettings = z.infer<typeof NetworkSettings>;

/** What counts when nobody has set anything. */
export const DEFAULT_NETWORK_SETTINGS: NetworkSettings = NetworkSettings.parse({});

function isPrivateSubnet(text: string): boolean {
  const subnet = parseSubnet(text);
  if (subnet === undefined || subnet.prefixLength < SEGMENT_PREFIX.shortest || subnet.prefixLength > SEGMENT_PREFIX.longest) return false;
  return privateNetworkOf(subnet.first, subnet.size) !== undefined;
}

/** The private network that holds a range of addresses; undefined when none does. */
export function privateNetworkOf(first: number, size: number): string | undefined {
  return PRIVATE.find((text) => {
    const network = parseSubnet(text);
    return network !== undefined && first >= network.first && first + size <= network.first + network.size;
  });
}

function isHostAddress(text: string): boolean {
  const found = parseInterfaceAddress(text);
  if (found === undefined || found.prefixLength < 8 || found.prefixLength > 30) return false;
  const subnet = parseSubnet(subnetOf(found));
  const number = ipv4Number(found.address);
  return subnet !== undefined && number > subnet.first && number < subnet.first + subnet.size - 1 && isMachineAddress(found.address);
}
