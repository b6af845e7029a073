import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PROBE_MAC } from '../../src/master/guard/packets/probes.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import type { Child } from '../../src/platform/process/child.ts';
import { run, runOk } from '../../src/platform/process/command.ts';
import { arp, dhcp, ethernet, ipv6, tagged } from '../master/guard/frames.ts';
import { guardEvents } from './fixtures/guard-events.ts';
import { createTestNetwork, endProcess, repeatFrame, startForeignServer, type TestNetwork } from './fixtures/guard-network.ts';

/**
 * One guard in a namespace, with many interfaces at once, as on a machine with many network cards; behind each of them another
 * situation with real parts. The tests read off the events in order: `probing`, then the verdict of that probe.
 */
const CHILD = fileURLToPath(new URL('fixtures/guard-child.ts', import.meta.url));
const PREFIX = `recon-test-${process.pid}`;
/** as in life, but in a few seconds */
const FLAP_LIMITS = { windowMs: 4000, losses: 3 };
const CAPTURE = `/tmp/${PREFIX}-quiet.pcap`;
const SILENT_HOSTS = ['52:54:00:00:88:01', '52:54:00:00:88:02'];

const events = guardEvents();
const { reached, until } = events;
const stack = new AsyncDisposableStack();
let network: TestNetwork;
let guard: Child;

before(async () => {
  network = stack.use(await createTestNetwork(PREFIX));
  const far = (name: string) => `f-${name}`;
  // Other strangers: a tagged network, a host that looks for its gateway, a router.
  await network.cable('tagged');
  repeatedly(network.far, far('tagged'), tagged(arp('0.0.0.0', '192.168.5.1'), 5));
  await network.cable('host');
  repeatedly(network.far, far('host'), arp('192.168.8.1', '192.168.8.254'));
  await network.cable('router');
  repeatedly(network.far, far('router'), ipv6('fe80000000000000021122fffe334455', 58, Uint8Array.of(134, 0, 0, 0)));
  // Quiet ones: two powered-on machines without addresses, and our own machines after a restart of the service.
  await network.cable('quiet');
  await network.switchOf(
    'sw-quiet',
    ['quiet'],
    SILENT_HOSTS.map((mac, at) => ({ name: `silent${at}`, mac })),
  );
  repeatedly(network.hostNamespace('silent0'), 'eth0', dhcp('request', { sourceMac: SILENT_HOSTS[0] ?? '' }));
  repeatedly(network.far, far('quiet'), ethernet(0x88cc, new Uint8Array(40), SILENT_HOSTS[1], '01:80:c2:00:00:0e'));
  network.start(network.far, ['tcpdump', '-i', 'f-quiet', '-U', '-w', CAPTURE, '--immediate-mode', '-Z', 'root']);
  await network.cable('own');
  repeatedly(network.far, far('own'), arp('10.77.1.9', '10.77.0.1'));
  await network.cable('late');
  await network.cable('nolink', { farDown: true });
  // Two interfaces of ours on one switch, and one that leads to another network.
  await network.cable('twin1');
  await network.cable('twin2');
  await network.switchOf('sw-twin', ['twin1', 'twin2'], []);
  await network.cable('uplink');
  await network.ip(network.near, 'link', 'set', 'uplink', 'up');
  await network.ip(network.near, 'address', 'add', '192.168.55.2/24', 'dev', 'uplink');
  await network.ip(network.near, 'route', 'add', 'default', 'via', '192.168.55.1');

  await network.cable('old');
  await network.cable('flap');
  await network.cable('router6');
  const cables = ['tagged', 'host', 'router', 'quiet', 'own', 'late', 'nolink', 'twin1', 'twin2', 'old', 'new', 'flap', 'router6'];
  guard = network.start(
    network.near,
    [
      process.execPath,
      CHILD,
      [...cables, 'uplink', 'hotplug'].join(','),
      '4000',
      '3000',
      JSON.stringify({ pollMs: 500, flapLimits: FLAP_LIMITS }),
    ],
    events.record,
  );
});

after(async () => {
  await stack.disposeAsync();
  await runOk(['rm', '-f', CAPTURE], { timeoutMs: 60_000 });
});

const WHILE_PROBED = [
  ['tagged', 'frames of a VLAN', 'tagged-frames'],
  ['host', 'a host that looks for its gateway', 'foreign-traffic'],
  ['router', 'an IPv6 router', 'router-advertisement'],
] as const;

for (const [name, what, code] of WHILE_PROBED) {
  test(`refused after the first probe: ${what}`, async () => {
    await reached(name, 2);
    assert.deepEqual(firstWord(name), ['probing', `refused ${code}`]);
  });
}

test('quiet: two powered-on machines, with DHCP requests, LLDP and IPv6 chatter', async () => {
  await reached('quiet', 2);
  assert.deepEqual(events.of('quiet'), ['probing', 'quiet']);
  assert.ok(events.log.some((line) => line.includes('quiet') && line.includes('LLDP')));
});

test('quiet: machines of our own subnet, after a restart of the service', async () => {
  await reached('own', 2);
  assert.deepEqual(events.of('own'), ['probing', 'quiet']);
});

test('while a segment is probed nothing leaves the interface but the probes', async () => {
  await reached('quiet', 2);
  const text = await runOk(['tcpdump', '-n', '-e', '-r', CAPTURE], { timeoutMs: 60_000 });
  const senders = new Set(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[1]),
  );
  const bridge = JSON.parse(await network.ip(network.far, '-j', 'link', 'show', 'dev', 'sw-quiet'));
  const ports = JSON.parse(await network.ip(network.far, '-j', 'link', 'show', 'master', 'sw-quiet'));
  for (const known of [...SILENT_HOSTS, bridge[0].address, ...ports.map((port: { address: string }) => port.address)])
    senders.delete(known);
  assert.deepEqual([...senders], [PROBE_MAC]);
});

test('of two interfaces on one switch only the first is served', async () => {
  await reached('twin1', 2);
  await reached('twin2', 2);
  assert.deepEqual(
    [events.of('twin1'), events.of('twin2')],
    [
      ['probing', 'quiet'],
      ['probing', 'refused same-segment'],
    ],
  );
});

test('an interface that leads elsewhere is refused without a probe', async () => {
  await reached('uplink', 1);
  assert.deepEqual(events.of('uplink'), ['refused default-route,foreign-lease']);
});

describe('what happens later', { concurrency: true }, () => {
  test('without a link there is nothing to probe; when it comes, the probe begins', async () => {
    await reached('nolink', 1);
    assert.deepEqual(events.of('nolink'), ['no-link']);
    await network.ip(network.far, 'link', 'set', 'f-nolink', 'up');
    await reached('nolink', 3);
    assert.deepEqual(events.of('nolink'), ['no-link', 'probing', 'quiet']);
    await network.ip(network.far, 'link', 'set', 'f-nolink', 'down');
    await reached('nolink', 4);
    assert.deepEqual(events.of('nolink').at(-1), 'no-link');
  });

  test('a server that appears later is found by asking again, and the refusal stays until a person says so', async () => {
    await reached('late', 2);
    assert.deepEqual(events.of('late'), ['probing', 'quiet']);
    await network.ip(network.far, 'address', 'add', '192.168.30.1/24', 'dev', 'f-late');
    const late = await server('f-late', '--dhcp-range=192.168.30.50,192.168.30.90', '--no-ping');
    await reached('late', 3);
    assert.deepEqual(events.of('late').slice(2), ['refused foreign-dhcp-server']);
    await late.stop();
    guard.write(new TextEncoder().encode('again late\n'));
    await reached('late', 5);
    assert.deepEqual(events.of('late').slice(3), ['probing', 'quiet']);
  });

  test('an interface that is plugged in later is looked at, and missed when it goes', async () => {
    await reached('quiet', 2);
    await network.cable('hotplug');
    await reached('hotplug', 1);
    assert.match(events.of('hotplug').at(-1) ?? '', /^(probing|no-link)$/);
    await network.ip(network.near, 'link', 'del', 'hotplug');
    await until(() => events.of('hotplug').at(-1) === 'gone');
  });

  test('when the capture dies, nothing is served until a new probe', async () => {
    await reached('own', 2);
    await endProcess(network.near, 'tcpdump', 'own');
    await reached('own', 4);
    assert.deepEqual(events.of('own').slice(1, 4), ['quiet', 'probing', 'quiet']);
  });

  test('an interface that gets another name while it is quiet is gone, and is looked at anew', async () => {
    await reached('old', 2);
    assert.deepEqual(events.of('old'), ['probing', 'quiet']);
    await network.ip(network.near, 'link', 'set', 'dev', 'old', 'name', 'new');
    await reached('new', 2);
    assert.deepEqual(events.of('old'), ['probing', 'quiet', 'gone new']);
    assert.deepEqual(events.of('new'), ['probing', 'quiet']);
  });

  test('a link that comes and goes is named, and served when it has held', async () => {
    await reached('flap', 2);
    for (let loss = 0; loss < FLAP_LIMITS.losses; loss++) {
      await network.ip(network.far, 'link', 'set', 'f-flap', 'down');
      await network.ip(network.far, 'link', 'set', 'f-flap', 'up');
    }
    await until(() => events.of('flap').includes('refused link-flaps'));
    await until(() => events.of('flap').at(-1) === 'quiet');
    assert.deepEqual(events.of('flap').slice(events.of('flap').indexOf('refused link-flaps')), ['refused link-flaps', 'probing', 'quiet']);
  });

  test('a router that announces itself while the segment is quiet ends that, for good', async () => {
    await reached('router6', 2);
    assert.deepEqual(events.of('router6'), ['probing', 'quiet']);
    repeatedly(network.far, 'f-router6', ipv6('fe80000000000000021122fffe334455', 58, Uint8Array.of(134, 0, 0, 0)));
    await reached('router6', 3);
    assert.deepEqual(events.of('router6').slice(2), ['refused router-advertisement']);
  });

  test('inside a VLAN: only what is tagged with it counts', async (context) => {
    const added = await run(['ip', '-n', network.far, 'link', 'add', 'probe', 'type', 'dummy'], { timeoutMs: 60_000 });
    const vlan = await run(['ip', '-n', network.far, 'link', 'add', 'link', 'probe', 'name', 'probe.5', 'type', 'vlan', 'id', '5'], {
      timeoutMs: 60_000,
    });
    if (added.status !== 'ok' || vlan.status !== 'ok') return context.skip('this kernel has no VLANs');
    for (const name of ['trunk', 'busy']) await network.cable(name);
    // noise without a tag, and in another VLAN
    repeatedly(network.far, 'f-trunk', arp('192.168.8.1', '192.168.8.254'));
    repeatedly(network.far, 'f-trunk', tagged(arp('192.168.9.1', '192.168.9.254'), 31));
    repeatedly(network.far, 'f-busy', tagged(arp('192.168.9.1', '192.168.9.254'), 30));
    const argv = [process.execPath, CHILD, 'trunk,busy', '3000', '60000', JSON.stringify({ vlan: 30 })] as const;
    const child = network.start(network.near, argv, events.record);
    await reached('trunk.30', 2);
    await reached('busy.30', 2);
    await child.stop();
    assert.deepEqual([events.of('trunk.30').at(1), events.of('busy.30').at(1)], ['quiet', 'refused foreign-traffic']);
    assert.deepEqual([events.of('trunk'), events.of('busy')], [[], []], 'the ports themselves are not served');
  });

  for (const [missing, name, present] of [
    ['tcpdump', 'blind', ['ip', 'socat']],
    ['socat', 'mute', ['ip', 'tcpdump']],
  ] as const) {
    test(`without ${missing} the segment counts as not quiet`, async () => {
      await using directory = await temporaryDirectory('recon-test-path-');
      for (const tool of present) await runOk(['ln', '-s', await whereIs(tool), join(directory.path, tool)], { timeoutMs: 60_000 });
      await network.cable(name);
      const child = network.start(
        network.near,
        ['env', `PATH=${directory.path}`, process.execPath, CHILD, name, '3000', '60000'],
        events.record,
      );
      await reached(name, 2);
      await child.stop();
      assert.deepEqual(events.of(name), ['probing', 'refused probe-failed']);
    });
  }
});

/** The events of an interface; of several reasons only the first, because a server may also ping. */
function firstWord(name: string): string[] {
  return events.of(name).map((event) => event.split(',')[0] ?? '');
}

async function whereIs(tool: string): Promise<string> {
  return (await runOk(['which', tool], { timeoutMs: 60_000 })).trim();
}

function server(interfaceName: string, ...options: string[]): Promise<Child> {
  return startForeignServer(network, interfaceName, options);
}

function repeatedly(namespace: string, interfaceName: string, frame: Uint8Array): void {
  stack.use(repeatFrame(network, namespace, interfaceName, frame));
}
