import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';

const portOf = (detected: string, more: Record<string, string> = {}) =>
  dataOf(
    normalise(
      fixtureCapture({ outputs: { 'ethtool-ens2': `Settings for ens2:\n\tSpeed: 10000Mb/s\n\tLink detected: ${detected}\n`, ...more } }),
    ).sections.nics,
  )[0];

test('a port that ethtool alone knows has a link where it says so, and nothing where it says no', () => {
  assert.deepEqual([portOf('yes')?.linkUp, portOf('yes')?.speedMbps], [true, 10_000]);
  assert.equal(portOf('no')?.linkUp, undefined);
});

test('what ip says goes before it', () => {
  const ip = JSON.stringify([{ ifname: 'ens2', flags: ['UP'], link_type: 'ether', address: '52:54:00:00:00:01', addr_info: [] }]);
  assert.equal(portOf('yes', { 'ip-address': ip })?.linkUp, false);
});
