import { join } from 'node:path';
import { execPath, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { MacAddress } from '../../domain/values/mac.ts';
import {
  addBridge,
  addBroadcastRoute,
  addCable,
  addNamespaceAddress,
  addTap,
  createNetworkNamespace,
  macOf,
  type NetworkNamespace,
} from '../../platform/network/network-namespace.ts';
import { type Child, startChild } from '../../platform/process/child.ts';
import { runOk } from '../../platform/process/command.ts';
import type { LabNic } from '../plan/lab-hardware.ts';
import type { LabMachine } from '../plan/lab-plan.ts';
import type { DhcpAnswer } from './dhcp-message.ts';

/** Address of the DHCP server that was there first. */
export const FOREIGN_SERVER_ADDRESS = '198.51.100.1';

type Wired = Exclude<LabNic['segment'], 'nothing'>;

/** The rehearsal's wiring: two segments, of which one has a DHCP server of somebody else. Nothing leaves the namespaces. */
export interface LabNetwork {
  /** where bridges, machines and captures live */
  namespace: NetworkNamespace;
  foreignServerMac: MacAddress;
  capturePath: (segment: Wired) => string;
  /** asks for an address on the foreign segment and gives every answer that came */
  askForAddress(mac: MacAddress, vendorClass?: string): Promise<DhcpAnswer[]>;
}

/** Builds the network; what it starts and makes goes away with `stack`. Needs root. */
export async function createLabNetwork(machines: readonly LabMachine[], workDir: string, stack: AsyncDisposableStack): Promise<LabNetwork> {
  const name = `recon-lab-${pid}`;
  const namespace = stack.use(await createNetworkNamespace(name));
  const foreign = stack.use(await createNetworkNamespace(`${name}-foreign`));
  const client = stack.use(await createNetworkNamespace(`${name}-client`));
  await addBridge(namespace, 'lab');
  await addBridge(namespace, 'foreign');
  for (const { segment, tap } of machines.flatMap((machine) => machine.nics)) {
    if (segment !== 'nothing') await addTap(namespace, segment, tap);
  }
  await addCable(namespace, 'foreign', 'foreign-server', foreign);
  await addCable(namespace, 'foreign', 'foreign-client', client);
  await addNamespaceAddress(foreign, 'eth0', `${FOREIGN_SERVER_ADDRESS}/24`);
  await addBroadcastRoute(client, 'eth0');
  const capturePath = (segment: Wired): string => join(workDir, `${segment}.pcap`);
  for (const segment of ['lab', 'foreign'] as const) keep(stack, startCapture(namespace, segment, capturePath(segment)));
  keep(stack, startForeignServer(foreign, workDir));
  return {
    namespace,
    capturePath,
    foreignServerMac: await macOf(foreign, 'eth0'),
    askForAddress: (mac, vendorClass = '') => askForAddress(client, mac, vendorClass),
  };
}

/** All that matters for boot and addresses; not the root images, which are hundreds of megabytes. */
const CAPTURE_FILTER = 'arp or icmp6 or udp port 67 or udp port 68 or udp port 69 or udp port 546 or udp port 547 or udp port 4011 or vlan';

function startCapture(namespace: NetworkNamespace, bridge: string, path: string): Child {
  const argv = ['tcpdump', '-i', bridge, '-n', '-U', '-s', '600', '-Z', 'root', '-w', path, CAPTURE_FILTER] as const;
  return startChild(namespace.inside(argv));
}

function startForeignServer(namespace: NetworkNamespace, workDir: string): Child {
  return startChild(
    namespace.inside([
      ...(['dnsmasq', '--keep-in-foreground', '--conf-file=/dev/null', '--port=0', '--interface=eth0', '--bind-interfaces'] as const),
      ...['--dhcp-range=198.51.100.100,198.51.100.200,10m', '--dhcp-authoritative', '--user=root', '--group=root', '--log-facility=-'],
      ...['--log-dhcp', `--dhcp-leasefile=${join(workDir, 'foreign.leases')}`, `--pid-file=${join(workDir, 'foreign.pid')}`],
    ]),
  );
}

function keep(stack: AsyncDisposableStack, child: Child): void {
  stack.defer(async () => void (await child.stop()));
}

const Answers = z.array(
  z.looseObject({
    kind: z.enum(['offer', 'ack', 'nak']),
    transaction: z.number(),
    address: z.string(),
    serverAddress: z.string().exactOptional(),
  }),
);

async function askForAddress(client: NetworkNamespace, mac: MacAddress, vendorClass: string): Promise<DhcpAnswer[]> {
  const program = fileURLToPath(new URL('./dhcp-client-process.ts', import.meta.url));
  const text = await runOk(client.inside([execPath, program, mac, vendorClass]), { timeoutMs: 30_000 });
  return Answers.parse(JSON.parse(text));
}
