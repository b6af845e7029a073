import { isIpv4 } from '../../domain/ip-address.ts';

/** A lease that systemd-networkd has got. */
export interface PortLease {
  address: string;
  /** who gave it */
  server: string;
}

/** Reads its file of a lease (`/run/systemd/netif/leases/<index>`); undefined when it has no address, or not from whom. */
export function portLease(text: string): PortLease | undefined {
  const values = new Map(
    text.split('\n').flatMap((line) => [...line.matchAll(/^([A-Z_]+)=(.*)$/g)].map(([, name, value]) => [name, value] as const)),
  );
  const [address, server] = [values.get('ADDRESS'), values.get('SERVER_ADDRESS')];
  return address === undefined || server === undefined || !isIpv4(address) || !isIpv4(server) ? undefined : { address, server };
}
