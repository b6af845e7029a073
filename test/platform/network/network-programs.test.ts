import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { dhcp6FenceProgram, fenceDhcp6, removeDhcp6Fence } from '../../../src/platform/network/dhcp6-fence.ts';
import {
  addBridge,
  addBroadcastRoute,
  addCable,
  addNamespaceAddress,
  addTap,
  createNetworkNamespace,
  macOf,
  renameInterface,
} from '../../../src/platform/network/network-namespace.ts';
import { sendFrames } from '../../../src/platform/network/packets-send.ts';
import { startSniffer } from '../../../src/platform/network/packets-sniff.ts';
import { type FakePrograms, fakePrograms } from '../../fake-programs.ts';

const lines = async (fake: FakePrograms): Promise<string[]> => (await fake.calls()).map((words) => words.join(' '));

it('makes a namespace that is silent, plugs it in, and takes it away', async () => {
  await using fake = await fakePrograms({ ip: '', nsenter: "case $* in *show*) echo '2: eth0: link/ether 00:1b:21:00:00:01 brd' ;; esac" });
  const inside = (name: string, words: string): string => `nsenter --net=/run/netns/${name} -- ${words}`;
  {
    await using one = await createNetworkNamespace('one');
    assert.equal(one.name, 'one');
    assert.deepEqual(one.inside(['true', 'x']), ['nsenter', '--net=/run/netns/one', '--', 'true', 'x']);
    assert.deepEqual(await lines(fake), [
      'ip netns add one',
      inside('one', 'sysctl -e -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1'),
      inside('one', 'ip link set lo up'),
    ]);
    await using two = await createNetworkNamespace('two');
    const before = (await lines(fake)).length;
    await addBridge(one, 'br0');
    await addTap(one, 'br0', 'tap0');
    await addCable(one, 'br0', 'port0', two);
    await addNamespaceAddress(two, 'eth0', '192.0.2.1/24');
    await addBroadcastRoute(two, 'eth0');
    await renameInterface(two, 'eth0', 'eno1');
    assert.equal(await macOf(two, 'eth0'), '00:1b:21:00:00:01');
    assert.deepEqual((await lines(fake)).slice(before), [
      inside('one', 'ip link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0'),
      inside('one', 'ip link set br0 up'),
      inside('one', 'ip tuntap add dev tap0 mode tap'),
      inside('one', 'ip link set tap0 master br0'),
      inside('one', 'ip link set tap0 up'),
      inside('one', 'ip link add port0 type veth peer name eth0 netns two'),
      inside('one', 'ip link set port0 master br0'),
      inside('one', 'ip link set port0 up'),
      inside('two', 'ip link set eth0 up'),
      inside('two', 'ip address add 192.0.2.1/24 dev eth0'),
      inside('two', 'ip route add default dev eth0'),
      // a kernel before 6.2 renames none that is up
      inside('two', 'ip link set eth0 down'),
      inside('two', 'ip link set eth0 name eno1'),
      inside('two', 'ip link set eno1 up'),
      inside('two', 'ip -o link show dev eth0'),
    ]);
  }
  assert.deepEqual((await lines(fake)).slice(-2), ['ip netns del two', 'ip netns del one']);
});

it('says what a namespace needs, and knows no address where none is shown', async () => {
  {
    await using _fake = await fakePrograms({ ip: 'echo Operation not permitted >&2; exit 1' });
    await assert.rejects(createNetworkNamespace('x'), { code: 'command-failed', hint: 'network namespaces need root' });
  }
  await using _fake = await fakePrograms({ ip: '', nsenter: '' });
  assert.equal(await macOf(await createNetworkNamespace('x'), 'eth0'), '');
});

it('fences an interface anew, and takes the fence away where there is one', async () => {
  await using tc = await fakePrograms({ tc: '[ "$2" != del ]' });
  await fenceDhcp6('eno1');
  await removeDhcp6Fence('eno1');
  assert.deepEqual(await lines(tc), [
    'tc qdisc del dev eno1 clsact',
    'tc qdisc add dev eno1 clsact',
    `tc filter add dev eno1 ingress bpf direct-action bytecode ${dhcp6FenceProgram()}`,
    'tc qdisc del dev eno1 clsact',
  ]);
});

it('does not say that a fence stands when the kernel has no classifier', async () => {
  await using _tc = await fakePrograms({ tc: '[ "$1" != filter ]' });
  await assert.rejects(fenceDhcp6('eno1'), { code: 'command-failed' });
});

it('sends frames in order, as one read each', async () => {
  await using socat = await fakePrograms({ socat: 'cat > sent' });
  await sendFrames('eno1', [Buffer.from('first'), Buffer.from('other')]);
  assert.deepEqual(await lines(socat), ['socat -u -b 5 - INTERFACE:eno1']);
  assert.equal(await readFile(join(socat.path, 'sent'), 'utf8'), 'firstother');
  await sendFrames('eno1', []);
  await sendFrames('eno1', [Buffer.from('one')]);
  assert.equal((await lines(socat)).at(-1), 'socat -u -b 3 - INTERFACE:eno1');
  for (const frames of [
    ['first', 'longer'],
    ['longer', 'first', 'longer'],
  ])
    await assert.rejects(
      sendFrames(
        'eno1',
        frames.map((frame) => Buffer.from(frame)),
      ),
      { code: 'command-failed' },
    );
  assert.equal((await socat.calls()).length, 2);
});

it('captures what passes, and says why it ended', async () => {
  const pieces: Uint8Array[] = [];
  await using tcpdump = await fakePrograms({
    tcpdump: 'printf "\\001\\377"; echo "listening" >&2; echo " eno1: gone " >&2; echo "  " >&2; [ $# = 9 ] && exit 1; exec sleep 1000',
  });
  const failing = startSniffer({ interface: 'eno1', filter: '', onBytes: (bytes) => pieces.push(bytes) });
  assert.equal(await failing.ended, 'tcpdump on eno1 ended (exit code 1): eno1: gone');
  assert.deepEqual(Buffer.concat(pieces), Buffer.from([1, 0xff]));
  const running = Promise.withResolvers<void>();
  const stopped = startSniffer({ interface: 'eno1', filter: 'udp port 67', onBytes: () => running.resolve() });
  await running.promise;
  await stopped.stop();
  assert.match(await stopped.ended, /^tcpdump on eno1 ended \(SIGTERM\)/);
  const common = 'tcpdump -i eno1 -n -U --immediate-mode -s 1522 -w -';
  assert.deepEqual(await lines(tcpdump), [common, `${common} udp port 67`]);
});

it('says that a capture ended without a word, or never began', async () => {
  {
    await using _tcpdump = await fakePrograms({ tcpdump: 'exit 0' });
    assert.equal(
      await startSniffer({ interface: 'eno1', filter: '', onBytes: () => assert.fail() }).ended,
      'tcpdump on eno1 ended (exit code 0)',
    );
  }
  const before = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    const { ended } = startSniffer({ interface: 'eno1', filter: '', onBytes: () => assert.fail() });
    assert.equal(await ended, 'tcpdump could not be started');
  } finally {
    process.env['PATH'] = before;
  }
});
