import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseNics } from '../../../../src/inventory/sections/network/nics.ts';
import { dataOf, sectionOf } from '../../capture-fixture.ts';

test('the largest number of 16 or 32 bits is no speed, wherever it stands', () => {
  const speedOf = (speed: string, ethtool = '') =>
    dataOf(sectionOf(normaliseNics, { files: { 'sys/class/net/eno7/speed': `${speed}\n` }, outputs: { 'ethtool-eno7': ethtool } }))[0]
      ?.speedMbps;
  assert.deepEqual(
    ['65535', '4294967295', '-1', '0', '400000'].map((speed) => speedOf(speed)),
    [undefined, undefined, undefined, undefined, 400000],
  );
  assert.equal(speedOf('4294967295', '\tSpeed: 25000Mb/s\n'), 25000);
  assert.equal(speedOf('', '\tSpeed: 65535Mb/s\n'), undefined);
});
