import { join } from 'node:path';
import { pid } from 'node:process';
import {
  addBridge,
  addCable,
  addNamespaceAddress,
  addTap,
  createNetworkNamespace,
  type NetworkNamespace,
  renameInterface,
} from '../../platform/network/network-namespace.ts';
import { type Child, startChild } from '../../platform/process/child.ts';
import { HEAD, LOOKER_ADDRESS, NODES, SERVER_TAPS } from './plan.ts';

/** Two networks of a pool, in namespaces of their own: machines and the head on the private one, people and the head on the public one. */
export interface PoolRoom {
  /** bridges, and the machines' cables */
  hub: NetworkNamespace;
  /** the head's own; or, where it is a machine of its own, that of somebody on the private side who looks at nodes */
  head: NetworkNamespace;
  people: NetworkNamespace;
  /** somebody else's DHCP server on the private side, until it is stopped */
  startForeignServer(): Promise<Child>;
}

/** The head's interfaces, as on a server: the private one is eth1. */
export const PRIVATE_INTERFACE = 'eth1';
const FOREIGN_ADDRESS = '10.10.9.9';

/** Lays the cables; all of it goes away with `stack`. Needs root. */
export async function createPoolRoom(workDir: string, stack: AsyncDisposableStack, hasServer = false): Promise<PoolRoom> {
  const space = async (name: string): Promise<NetworkNamespace> => stack.use(await createNetworkNamespace(`recon-pool-${pid}-${name}`));
  const [hub, head, people, foreign] = [await space('hub'), await space('head'), await space('people'), await space('foreign')];
  for (const bridge of ['private', 'public']) await addBridge(hub, bridge);
  await addCable(hub, 'private', 'head-private', head);
  await renameInterface(head, 'eth0', PRIVATE_INTERFACE);
  await addCable(hub, 'public', 'people', people);
  await addCable(hub, 'private', 'foreign', foreign);
  await (hasServer ? cableServer(hub, head) : cableHead(hub, head));
  await addNamespaceAddress(people, 'eth0', '192.0.2.20/24');
  for (const { tap } of Object.values(NODES)) await addTap(hub, 'private', tap);
  return { hub, head, people, startForeignServer: () => startForeignServer(foreign, workDir) };
}

async function cableHead(hub: NetworkNamespace, head: NetworkNamespace): Promise<void> {
  await addCable(hub, 'public', 'head-public', head);
  await addNamespaceAddress(head, 'eth0', `${HEAD.publicAddress}/24`);
}

async function cableServer(hub: NetworkNamespace, looker: NetworkNamespace): Promise<void> {
  for (const side of ['private', 'public'] as const) await addTap(hub, side, SERVER_TAPS[side]);
  await addNamespaceAddress(looker, PRIVATE_INTERFACE, `${LOOKER_ADDRESS}/16`);
}

async function startForeignServer(foreign: NetworkNamespace, workDir: string): Promise<Child> {
  await addNamespaceAddress(foreign, 'eth0', `${FOREIGN_ADDRESS}/16`);
  return startChild(
    foreign.inside([
      ...(['dnsmasq', '--keep-in-foreground', '--conf-file=/dev/null', '--port=0', '--interface=eth0', '--bind-interfaces'] as const),
      ...['--dhcp-range=10.10.9.100,10.10.9.200,10m', '--dhcp-authoritative', '--user=root', '--group=root', '--log-facility=-'],
      ...[`--dhcp-leasefile=${join(workDir, 'foreign.leases')}`, `--pid-file=${join(workDir, 'foreign.pid')}`],
    ]),
  );
}
