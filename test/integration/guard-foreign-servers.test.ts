import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeDhcp } from '../../src/master/guard/packets/dhcp-packet.ts';
import { PROBE_MAC } from '../../src/master/guard/packets/probes.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { dhcp } from '../master/guard/frames.ts';
import { type GuardEvents, guardEvents } from './fixtures/guard-events.ts';
import { createTestNetwork, repeatFrame, startForeignServer, type TestNetwork } from './fixtures/guard-network.ts';
import { readCapture, type SeenFrame, startCapture } from './fixtures/guarded-room.ts';

/**
 * Six kinds of servers that other people run, each behind an interface of its own, and what the guard makes of them. Times are those of the
 * frames in a capture at the far end; the guard runs on the same clock.
 */
const CHILD = fileURLToPath(new URL('fixtures/guard-child.ts', import.meta.url));
const SLOW = fileURLToPath(new URL('fixtures/slow-dhcp-server.ts', import.meta.url));
const RESERVED_MAC = '52:54:00:00:77:01';
const PROBE_LIMIT_MS = 12_000;
const PASSIVE_LIMIT_MS = 2000;
const SERVERS = ['pool', 'reserved', 'nak', 'proxy', 'relay', 'slow'] as const;
/** beyond the six: it speaks over IPv6 alone, and only when it is asked */
const OVER_IPV6 = 'dhcp6';
const BESIDE = ['one', 'two', 'pxe', 'none'] as const;

const isRoot = process.getuid?.() === 0;

describe('servers of other people', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  const events: GuardEvents = guardEvents();
  const refusedAtMs = new Map<string, number>();
  let network: TestNetwork;
  let directory: string;

  before(async () => {
    directory = stack.use(await temporaryDirectory('recon-servers-')).path;
    network = stack.use(await createTestNetwork(`recon-test-${process.pid}-f`));
    await Promise.all([...SERVERS, OVER_IPV6, ...BESIDE].map((name) => network.cable(name)));
    for (const name of SERVERS) await startCapture(network, `f-${name}`, join(directory, `${name}.pcap`));
    await addServers();
    await addServersToServeBeside();
    const record = (line: string): void => {
      const found = /^\{"interface":"([^"]+)","state":"refused".*"at":(\d+)\}$/.exec(line);
      if (found?.[1] !== undefined && !refusedAtMs.has(found[1])) refusedAtMs.set(found[1], Number(found[2]));
      events.record(line);
    };
    network.start(network.near, [process.execPath, CHILD, [...SERVERS, OVER_IPV6].join(','), '10000', '60000'], record);
    const policy = { wanted: 'one-server', address: '192.168.26.250', subnet: '192.168.26.0/24' };
    network.start(
      network.near,
      [process.execPath, CHILD, BESIDE.join(','), '6000', '60000', JSON.stringify({ policy, ownSubnets: [] })],
      record,
    );
  });
  after(() => stack.disposeAsync());

  for (const name of SERVERS.filter((one) => one !== 'reserved')) {
    test(`found by the first probe: ${name}`, async () => {
      await events.reached(name, 2);
      const [first, verdict] = events.of(name);
      assert.equal(first, 'probing');
      assert.match(verdict ?? '', name === 'proxy' ? /^refused foreign-pxe-server/ : /^refused foreign-dhcp-server/);
      const frames = await framesOf(name);
      const asked = frames.find(({ frame }) => frame.source === PROBE_MAC);
      const answered = frames.find(isReply);
      assert.ok(asked !== undefined && answered !== undefined);
      const tookMs = (refusedAtMs.get(name) ?? Number.POSITIVE_INFINITY) - asked.atMs;
      assert.ok(tookMs <= PROBE_LIMIT_MS, `${tookMs} ms after the first question`);
    });
  }

  test('found by our DHCPv6 question: a DHCPv6 server that announces nothing', async () => {
    await events.reached(OVER_IPV6, 2);
    assert.match(events.of(OVER_IPV6)[1] ?? '', /^refused foreign-dhcp6-server/);
  });

  test('the sixth, with reservations only, says nothing to us, and is found when it answers its machine', async () => {
    await events.reached('reserved', 2);
    assert.deepEqual(events.of('reserved'), ['probing', 'quiet']);
    assert.deepEqual((await framesOf('reserved')).filter(isReply), []);
    stack.use(repeatFrame(network, network.hostNamespace('machine'), 'eth0', dhcp('request', { sourceMac: RESERVED_MAC })));
    await events.reached('reserved', 3);
    assert.match(events.of('reserved')[2] ?? '', /^refused foreign-dhcp-server/);
    const reply = (await framesOf('reserved')).find(isReply);
    assert.ok(reply !== undefined);
    const tookMs = (refusedAtMs.get('reserved') ?? Number.POSITIVE_INFINITY) - reply.atMs;
    assert.ok(tookMs <= PASSIVE_LIMIT_MS, `${tookMs} ms after the first reply`);
  });

  const beside: [name: (typeof BESIDE)[number], what: string, verdict: string][] = [
    ['one', 'one DHCP server', 'proxy-dhcp'],
    ['two', 'two DHCP servers', 'refused several-dhcp-servers'],
    ['pxe', 'a DHCP server and a ProxyDHCP server', 'refused foreign-pxe-server'],
    ['none', 'no server', 'refused no-dhcp-server'],
  ];
  for (const [name, what, verdict] of beside) {
    test(`where ProxyDHCP is wanted, ${what}: ${verdict}`, async () => {
      await events.reached(name, 2);
      assert.deepEqual(events.of(name), ['probing', verdict]);
    });
  }

  async function addServers(): Promise<void> {
    const address = (net: number, name: string) => network.ip(network.far, 'address', 'add', `192.168.${net}.1/24`, 'dev', name);
    await address(20, 'f-pool');
    await server('f-pool', '--dhcp-range=192.168.20.50,192.168.20.90');
    await network.switchOf('sw-reserved', ['reserved'], [{ name: 'machine', mac: RESERVED_MAC }]);
    await address(21, 'sw-reserved');
    await server('sw-reserved', '--dhcp-range=192.168.21.0,static', `--dhcp-host=${RESERVED_MAC},192.168.21.9`);
    await address(22, 'f-nak');
    await server('f-nak', '--dhcp-range=192.168.22.0,static', `--dhcp-host=${RESERVED_MAC},192.168.22.9`, '--dhcp-authoritative');
    await address(23, 'f-proxy');
    await server('f-proxy', '--dhcp-range=192.168.23.0,proxy', '--pxe-service=X86-64_EFI,boot,loader.efi');
    await addRelay();
    await network.ip(network.far, 'address', 'add', 'fd99::1/64', 'dev', `f-${OVER_IPV6}`, 'nodad');
    await server(`f-${OVER_IPV6}`, '--dhcp-range=fd99::10,fd99::ff,64');
    await network.switchOf('sw-slow', ['slow'], [{ name: 'slow', address: '192.168.25.1/24' }]);
    const slow = network.hostNamespace('slow');
    await network.ip(slow, 'route', 'add', 'default', 'dev', 'eth0');
    await new Promise<void>((resolve) => network.start(slow, [process.execPath, SLOW, '8000'], () => resolve()));
  }

  /** A relay agent on the segment, and its server in another network behind it. */
  async function addRelay(): Promise<void> {
    await network.switchOf('sw-relay', ['relay'], [{ name: 'agent', address: '192.168.24.1/24' }]);
    await network.switchOf('sw-beyond', [], [{ name: 'beyond', address: '10.99.0.1/24' }]);
    const [agent, beyond] = [network.hostNamespace('agent'), network.hostNamespace('beyond')];
    await network.ip(network.far, 'link', 'add', 'h-agent2', 'type', 'veth', 'peer', 'name', 'eth1', 'netns', agent);
    await network.ip(network.far, 'link', 'set', 'h-agent2', 'master', 'sw-beyond', 'up');
    await network.ip(agent, 'address', 'add', '10.99.0.2/24', 'dev', 'eth1');
    await network.ip(agent, 'link', 'set', 'eth1', 'up');
    await network.ip(beyond, 'route', 'add', '192.168.24.0/24', 'via', '10.99.0.2');
    await startForeignServer(network, 'eth0', ['--dhcp-range=192.168.24.50,192.168.24.90,255.255.255.0', '--no-ping'], beyond);
    await startForeignServer(network, 'eth0', ['--interface=eth1', '--dhcp-relay=192.168.24.1,10.99.0.1'], agent);
  }

  async function addServersToServeBeside(): Promise<void> {
    const host = (name: string, last: number) => ({ name, address: `192.168.26.${last}/24` });
    const start = (name: string, ...options: string[]) => startForeignServer(network, 'eth0', options, network.hostNamespace(name));
    const pool = ['--dhcp-range=192.168.26.50,192.168.26.90', '--no-ping'];
    await network.switchOf('sw-one', ['one'], [host('one1', 1), host('one7', 7)]);
    await start('one1', ...pool);
    await network.switchOf('sw-two', ['two'], [host('two1', 1), host('two2', 2)]);
    await start('two1', ...pool);
    await start('two2', ...pool);
    await network.switchOf('sw-pxe', ['pxe'], [host('pxe1', 1), host('pxe2', 2)]);
    await start('pxe1', ...pool);
    await start('pxe2', '--dhcp-range=192.168.26.0,proxy', '--pxe-service=X86-64_EFI,boot,loader.efi');
  }

  function server(interfaceName: string, ...options: string[]) {
    return startForeignServer(network, interfaceName, options);
  }

  function framesOf(name: string): Promise<SeenFrame[]> {
    return readCapture(join(directory, `${name}.pcap`));
  }
});

function isReply({ frame }: SeenFrame): boolean {
  return frame.payload.kind === 'ipv4' && frame.payload.udp !== undefined && decodeDhcp(frame.payload.udp.payload)?.op === 'reply';
}
