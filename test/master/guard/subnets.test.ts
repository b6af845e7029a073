import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedSegments } from '../../../src/master/guard/shared-segments.ts';
import { subnetSet } from '../../../src/master/guard/subnets.ts';
import { captureFilter } from '../../../src/master/guard/wire.ts';

test('addresses inside and outside', () => {
  const set = subnetSet(['10.77.0.0/16', 'fd77::/64']);
  const inside = ['10.77.0.0', '10.77.255.255', '10.78.0.0', '10.76.255.255', 'fd77::1', 'fd77:0:0:1::1', 'not an address'].filter(
    set.contains,
  );
  assert.deepEqual(inside, ['10.77.0.0', '10.77.255.255', 'fd77::1']);
});

for (const bad of ['10.77.0.0', '10.77.0.0/33', '10.77.0/16', '10.77.0.0/', 'fd77::/129', 'eno1/16', '10.77.0.0/16/8']) {
  test(`"${bad}" is no subnet`, () => assert.throws(() => subnetSet([bad]), RangeError));
}

test('the capture leaves out our own frames and the bulk of our own subnets, never DHCP', () => {
  assert.equal(
    captureFilter('52:54:00:00:00:01', ['10.77.0.0/16', 'fd77::/64']),
    'not ether src 52:54:00:00:00:01 and ' +
      '(not (ip src net 10.77.0.0/16 or ip6 src net fd77::/64) or udp port 67 or udp port 68 or udp port 4011 or udp port 546 or vlan)',
  );
  assert.equal(captureFilter(undefined, []), '');
});

test('of interfaces on one segment the first is served, until links change', () => {
  const order = ['eno1', 'eno2', 'eno3'];
  const shared = sharedSegments((other, name) => order.indexOf(other) < order.indexOf(name));
  shared.add('eno1', 'eno3');
  assert.deepEqual(order.map(shared.firstOn), [undefined, undefined, 'eno1']);
  shared.forget('eno1');
  assert.deepEqual(order.map(shared.firstOn), [undefined, undefined, undefined]);
});
