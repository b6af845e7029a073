/** What the part of the address behind `#` asks for. */
export type Route = { page: 'list' } | { page: 'machine'; mac: string };

export function routeOf(hash: string): Route {
  const mac = /^#\/machine\/((?:[0-9a-f]{2}-){5}[0-9a-f]{2})$/i.exec(hash)?.[1];
  return mac === undefined ? { page: 'list' } : { page: 'machine', mac: mac.toLowerCase().replaceAll('-', ':') };
}

export function machineHash(mac: string): string {
  return `#/machine/${mac.replaceAll(':', '-')}`;
}
