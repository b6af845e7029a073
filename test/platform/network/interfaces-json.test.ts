import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddresses, parseDefaultRoutes } from '../../../src/platform/network/interfaces-json.ts';

test('addresses by interface, with who gave them', () => {
  const json = JSON.stringify([
    {},
    { ifname: 'lo', addr_info: [{ family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host' }] },
    { ifname: 'eno1', addr_info: [{ family: 'inet', local: '192.168.1.5', prefixlen: 24, scope: 'global', dynamic: true }] },
    { ifname: 'eno2', addr_info: [{ family: 'inet6', local: 'fe80::1', prefixlen: 64, scope: 'link' }] },
    { ifname: 'eno3', addr_info: [] },
  ]);
  assert.deepEqual(
    [...parseAddresses(json)],
    [
      ['lo', [{ family: 'ipv4', address: '127.0.0.1', prefixLength: 8, scope: 'host', dynamic: false }]],
      ['eno1', [{ family: 'ipv4', address: '192.168.1.5', prefixLength: 24, scope: 'global', dynamic: true }]],
      ['eno2', [{ family: 'ipv6', address: 'fe80::1', prefixLength: 64, scope: 'link', dynamic: false }]],
      ['eno3', []],
    ],
  );
});

test('default routes, also over several next hops', () => {
  const json = JSON.stringify([
    { dst: 'default', gateway: '192.168.1.1', dev: 'eno1' },
    { dst: '10.0.0.0/8', dev: 'eno2' },
    { dst: 'default', nexthops: [{ dev: 'eno3' }, { dev: 'eno4' }] },
  ]);
  assert.deepEqual([...parseDefaultRoutes(json)], ['eno1', 'eno3', 'eno4']);
});

test('no output at all is an empty list', () => {
  assert.equal(parseAddresses('').size, 0);
  assert.equal(parseDefaultRoutes('\n').size, 0);
});

test('something else than a list is an error, not "no addresses"', () => {
  assert.throws(() => parseAddresses('{"error": 1}'));
  assert.throws(() => parseDefaultRoutes('Cannot open netlink socket'));
});
