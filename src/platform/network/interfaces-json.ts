import { z } from 'zod';

/** An IP address of an interface. `dynamic`: it was given for a limited time, by DHCP or router advertisement. */
export interface InterfaceAddress {
  family: 'ipv4' | 'ipv6';
  address: string;
  prefixLength: number;
  scope: string;
  dynamic: boolean;
}

const AddressList = z.array(
  z.looseObject({
    ifname: z.string().optional(),
    addr_info: z
      .array(
        z.looseObject({
          family: z.string().optional(),
          local: z.string().optional(),
          prefixlen: z.int().optional(),
          scope: z.string().optional(),
          dynamic: z.boolean().optional(),
        }),
      )
      .optional(),
  }),
);

const RouteList = z.array(
  z.looseObject({ dst: z.string().optional(), dev: z.string().optional(), nexthops: z.array(z.unknown()).optional() }),
);
const NextHop = z.looseObject({ dev: z.string() });

/** Reads the output of `ip -j address show`: interface name → its IPv4 and IPv6 addresses. */
export function parseAddresses(json: string): Map<string, InterfaceAddress[]> {
  const found = new Map<string, InterfaceAddress[]>();
  for (const link of AddressList.parse(parseJson(json))) {
    if (link.ifname === undefined) continue;
    const addresses = (link.addr_info ?? []).flatMap((info): InterfaceAddress[] =>
      info.local === undefined || info.prefixlen === undefined
        ? []
        : [
            {
              family: info.family === 'inet6' ? 'ipv6' : 'ipv4',
              address: info.local,
              prefixLength: info.prefixlen,
              scope: info.scope ?? 'global',
              dynamic: info.dynamic ?? false,
            },
          ],
    );
    found.set(link.ifname, addresses);
  }
  return found;
}

/** Reads the output of `ip -j route show`: names of the interfaces that a default route leads over. */
export function parseDefaultRoutes(json: string): Set<string> {
  const found = new Set<string>();
  for (const route of RouteList.parse(parseJson(json))) {
    if (route.dst !== 'default') continue;
    if (route.dev !== undefined) found.add(route.dev);
    for (const hop of route.nexthops ?? []) {
      const parsed = NextHop.safeParse(hop);
      if (parsed.success) found.add(parsed.data.dev);
    }
  }
  return found;
}

/** `ip` prints nothing at all, not an empty list, when there is nothing to show. */
function parseJson(json: string): unknown {
  return json.trim() === '' ? [] : JSON.parse(json);
}
