import { type Argv, run, runOk } from '../process/command.ts';

const TIMEOUT_MS = 10_000;

/** A network namespace of our own; it and every interface in it go away with its owner (`await using`). */
export interface NetworkNamespace extends AsyncDisposable {
  readonly name: string;
  /** the same command line, run inside */
  inside(argv: Argv): Argv;
}

/**
 * Makes a named network namespace with IPv6 off, so that nothing in it speaks before we ask it to.
 * @throws ReconError `command-failed`, for example without root
 */
export async function createNetworkNamespace(name: string): Promise<NetworkNamespace> {
  await runOk(['ip', 'netns', 'add', name], { timeoutMs: TIMEOUT_MS, hint: 'network namespaces need root' });
  // nsenter and not `ip netns exec`: the latter makes a mount namespace too, which keeps other people's mounts busy
  const inside = (argv: Argv): Argv => ['nsenter', `--net=/run/netns/${name}`, '--', ...argv];
  const namespace = { name, inside, [Symbol.asyncDispose]: () => remove(name) };
  await run(inside(['sysctl', '-e', '-q', '-w', 'net.ipv6.conf.all.disable_ipv6=1', 'net.ipv6.conf.default.disable_ipv6=1']), {
    timeoutMs: TIMEOUT_MS,
  });
  await runOk(inside(['ip', 'link', 'set', 'lo', 'up']), { timeoutMs: TIMEOUT_MS });
  return namespace;
}

/** Adds a bridge that forwards at once (no spanning tree) and never speaks by itself. */
export async function addBridge(namespace: NetworkNamespace, bridge: string): Promise<void> {
  await ip(namespace, ['link', 'add', bridge, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0', 'mcast_snooping', '0']);
  await ip(namespace, ['link', 'set', bridge, 'up']);
}

/** Adds a tap device, one virtual machine's network cable, to a bridge. */
export async function addTap(namespace: NetworkNamespace, bridge: string, tap: string): Promise<void> {
  await ip(namespace, ['tuntap', 'add', 'dev', tap, 'mode', 'tap']);
  await ip(namespace, ['link', 'set', tap, 'master', bridge]);
  await ip(namespace, ['link', 'set', tap, 'up']);
}

/** Plugs another namespace into a bridge; over there the interface is called `eth0` and is up, without an address. */
export async function addCable(namespace: NetworkNamespace, bridge: string, port: string, other: NetworkNamespace): Promise<void> {
  await ip(namespace, ['link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', other.name]);
  await ip(namespace, ['link', 'set', port, 'master', bridge]);
  await ip(namespace, ['link', 'set', port, 'up']);
  await ip(other, ['link', 'set', 'eth0', 'up']);
}

/** Calls an interface something else; it is up afterwards. */
export async function renameInterface(namespace: NetworkNamespace, from: string, to: string): Promise<void> {
  await ip(namespace, ['link', 'set', from, 'down']);
  await ip(namespace, ['link', 'set', from, 'name', to]);
  await ip(namespace, ['link', 'set', to, 'up']);
}

/** Gives an interface an address such as `192.0.2.1/24`. */
export async function addNamespaceAddress(namespace: NetworkNamespace, interfaceName: string, cidr: string): Promise<void> {
  await ip(namespace, ['address', 'add', cidr, 'dev', interfaceName]);
}

/** Lets programs without an address send broadcasts (a DHCP client does). */
export async function addBroadcastRoute(namespace: NetworkNamespace, interfaceName: string): Promise<void> {
  await ip(namespace, ['route', 'add', 'default', 'dev', interfaceName]);
}

/** The MAC address of an interface. */
export async function macOf(namespace: NetworkNamespace, interfaceName: string): Promise<string> {
  const text = await runOk(namespace.inside(['ip', '-o', 'link', 'show', 'dev', interfaceName]), { timeoutMs: TIMEOUT_MS });
  return /link\/ether ([0-9a-f:]{17})/.exec(text)?.[1] ?? '';
}

async function ip(namespace: NetworkNamespace, args: readonly string[]): Promise<void> {
  await runOk(namespace.inside(['ip', ...args]), { timeoutMs: TIMEOUT_MS });
}

async function remove(name: string): Promise<void> {
  await run(['ip', 'netns', 'del', name], { timeoutMs: TIMEOUT_MS });
}
