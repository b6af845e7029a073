import { join } from 'node:path';
import type { MacAddress } from '../../domain/values/mac.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { listLinks } from '../../platform/network/interfaces.ts';
import { runOk } from '../../platform/process/command.ts';
import { type PortLease, portLease } from './lease-text.ts';

/** systemd-networkd writes the lease of an interface here, by its index. */
const LEASES = '/run/systemd/netif/leases';

/** The hardware address of an interface; undefined when it is gone. */
export async function macOfPort(name: string): Promise<MacAddress | undefined> {
  return (await listLinks()).find((link) => link.name === name)?.mac;
}

/** What systemd-networkd has got at the port with this address. */
export async function leaseOfPort(mac: MacAddress): Promise<PortLease | undefined> {
  const index = (await listLinks()).find((link) => link.mac === mac && link.master === undefined)?.index;
  if (index === undefined) return undefined;
  return portLease((await readOrUndefined(join(LEASES, `${index}`)))?.toString('utf8') ?? '');
}

/** Takes every IPv4 address off the port: who listens there next would take it for a machine of that network. */
export async function dropLease(mac: MacAddress): Promise<void> {
  for (const link of await listLinks())
    if (link.mac === mac) await runOk(['ip', '-4', 'address', 'flush', 'dev', link.name], { timeoutMs: 10_000 });
}
