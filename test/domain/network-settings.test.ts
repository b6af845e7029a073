import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_NETWORK_SETTINGS, NetworkSettings } from '../../src/domain/network-settings.ts';

test('without settings: our own DHCP on 10.77.0.0/16, untagged, with IPv6', () => {
  assert.deepEqual(DEFAULT_NETWORK_SETTINGS, { mode: 'own-dhcp', subnet: '10.77.0.0/16', ipv6: true });
});

test('accepted', () => {
  for (const settings of [
    { mode: 'proxy-dhcp', address: '192.168.9.250/24' },
    { mode: 'look-only' },
    { subnet: '192.168.40.0/24', vlan: 30 },
    { subnet: '172.16.0.0/12' },
    { address: '10.0.0.1/8' },
  ])
    assert.ok(NetworkSettings.safeParse(settings).success, JSON.stringify(settings));
});

const refused: [what: string, settings: unknown, path: string][] = [
  ['a public subnet', { subnet: '8.8.8.0/24' }, 'subnet'],
  ['a subnet that reaches out of the private networks', { subnet: '172.0.0.0/8' }, 'subnet'],
  ['bits behind the prefix', { subnet: '10.77.1.0/16' }, 'subnet'],
  ['a subnet with no room', { subnet: '10.77.0.0/30' }, 'subnet'],
  ['no subnet', { subnet: '10.77.0.0' }, 'subnet'],
  ['proxy without an address', { mode: 'proxy-dhcp' }, 'address'],
  ['an address without its network', { address: '192.168.9.250' }, 'address'],
  ['the network itself', { address: '192.168.9.0/24' }, 'address'],
  ['the broadcast address', { address: '192.168.9.255/24' }, 'address'],
  ['a multicast address', { address: '224.0.0.5/24' }, 'address'],
  ['an address that is none', { address: '192.168.9.256/24' }, 'address'],
  ['an address with a leading zero, which some programs read as octal', { address: '192.168.9.010/24' }, 'address'],
  ['a subnet in hexadecimal', { subnet: '0x0a.77.0.0/16' }, 'subnet'],
  ['a subnet of fewer numbers', { subnet: '10.77/16' }, 'subnet'],
  ['VLAN 0', { vlan: 0 }, 'vlan'],
  ['VLAN 4095', { vlan: 4095 }, 'vlan'],
  ['a mode that is none', { mode: 'dhcp' }, 'mode'],
];
for (const [what, settings, path] of refused) {
  test(`refused, with its place: ${what}`, () => {
    const { error } = NetworkSettings.safeParse(settings);
    assert.deepEqual(
      error?.issues.map((issue) => issue.path.join('.')),
      [path],
    );
  });
}

test('a word that is no setting is refused', () => {
  assert.ok(!NetworkSettings.safeParse({ subnets: '10.0.0.0/8' }).success);
});
