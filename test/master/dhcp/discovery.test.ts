import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { planSegment } from '../../../src/domain/network.ts';
import { type DiscoveryLimits, openDiscovery, reasonToEnd, withoutLease } from '../../../src/master/dhcp/discovery.ts';
import { dnsmasqConfig } from '../../../src/master/dhcp/dnsmasq/config.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { ARCHITECTURES } from '../../loaders-there.ts';

const limits: [limits: DiscoveryLimits, openMinutes: number, receipts: number, reason: RegExp | undefined][] = [
  [{}, 10_000, 10_000, undefined],
  [{ discoveryMinutes: 240 }, 239, 0, undefined],
  [{ discoveryMinutes: 240 }, 240, 0, /after 240 minutes/],
  [{ machines: 40 }, 0, 39, undefined],
  [{ machines: 40 }, 0, 40, /with 40 machines/],
];
for (const [given, minutes, receipts, reason] of limits) {
  it(`${JSON.stringify(given)} after ${minutes} minutes with ${receipts} receipts: ${reason === undefined ? 'open' : 'over'}`, () => {
    const found = reasonToEnd(given, minutes * 60_000, receipts);
    if (reason === undefined) assert.equal(found, undefined);
    else assert.match(found ?? '', reason);
  });
}

it('ends once, says so, and has ended still after a restart of the service', async () => {
  await using directory = await temporaryDirectory('recon-discovery-');
  const told: string[] = [];
  const options = {
    stateFile: join(directory.path, 'discovery.json'),
    limits: {},
    now: () => new Date('2026-11-20T12:00:00Z'),
    receipts: () => 0,
    onEnd: (reason: string) => void told.push(reason),
  };
  const first = await openDiscovery(options);
  assert.deepEqual(first.current, { state: 'open' });
  await first.end('enough');
  await first.end('later');
  const again = await openDiscovery(options);
  for (const { current } of [first, again]) assert.deepEqual(current, { state: 'ended', reason: 'enough', at: '2026-11-20T12:00:00.000Z' });
  assert.deepEqual(told, ['enough']);
  first.stop();
  again.stop();
});

it('dnsmasq then answers the machines of the hosts file and those named to it, and no other', () => {
  const settings = {
    segments: [planSegment('eno1', 0)],
    tftpRoot: '/t',
    architectures: ARCHITECTURES,
    hostsFile: '/run/leases',
    leaseSeconds: 600,
    maxLeases: 100,
    maxTftpTransfers: 10,
  };
  const open = dnsmasqConfig({ ...settings, knownOnly: () => undefined });
  assert.equal(open, dnsmasqConfig(settings));
  const over = dnsmasqConfig({ ...settings, knownOnly: () => ['52:54:00:00:00:01'] });
  const added = over.split('\n').filter((line) => !open.split('\n').includes(line));
  assert.deepEqual(added, ['# DHCP: discovery is over', 'dhcp-ignore=tag:!known', 'dhcp-host=52:54:00:00:00:01,set:seen-before']);
});

it('a machine that only asked in vain is none that was seen before', () => {
  const machine = (mac: string, stage: 'discover' | 'offer' | 'kernel') => ({ mac, stage });
  const machines = [machine('a', 'discover'), machine('b', 'offer'), machine('c', 'kernel')];
  const leases = { addressOf: (mac: string) => (mac === 'c' ? '10.77.1.1' : undefined) };
  assert.deepEqual(withoutLease({ machines: () => machines as never }, leases), ['b']);
});
