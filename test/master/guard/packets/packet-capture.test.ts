import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captureFilter } from '../../../../src/master/guard/packets/packet-capture.ts';

test('the capture leaves out our own frames and the bulk that our own subnets send us, never DHCP', () => {
  assert.equal(
    captureFilter('52:54:00:00:00:01', ['10.77.0.0/16', 'fd77::/64']),
    'not ether src 52:54:00:00:00:01 and ' +
      '(not ((ip src net 10.77.0.0/16 or ip6 src net fd77::/64) and ether dst 52:54:00:00:00:01) or udp port 67 or udp port 68 or udp port 4011 or udp port 546 or vlan)',
  );
  assert.equal(captureFilter(undefined, []), '');
});
