import { hostname, networkInterfaces } from 'node:os';

/** What this machine calls itself: the name that it has from its administrator. */
export function ownHostName(): string {
  return hostname().toLowerCase();
}

/** The addresses of an interface at this moment; none of one that is not there. It asks the kernel and starts no program, so it may be asked for each connection. */
export function addressesOf(interfaceName: string): string[] {
  return (networkInterfaces()[interfaceName] ?? []).map(({ address }) => address);
}

/** The addresses of every other interface, IPv4 first; without the loopback's and those that hold on one link only (RFC 4291, 2.5.6). */
export function addressesBut(interfaceName: string): string[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    name === interfaceName ? [] : addresses.filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address)),
  );
  return found.sort((a, b) => a.family.localeCompare(b.family)).map(({ address }) => address);
}
