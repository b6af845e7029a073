import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootsWithRareDrivers } from '../../../src/domain/values/rare-cards.ts';

const CARDS = ['1da8:6003', '1077:*'];

for (const [id, expected, why] of [
  ['1da8:6003', true, 'its card is rare'],
  ['1077:8020', true, 'all cards of its maker are'],
  ['8086:1521', false, 'the initrd has its driver'],
  ['1da8:6004', false, 'nobody has a driver for it'],
  [undefined, true, 'it cannot tell'],
] as const) {
  test(`a machine that boots from ${id} ${expected ? 'gets' : 'does without'} the archive of rare drivers: ${why}`, () => {
    assert.equal(bootsWithRareDrivers(CARDS, id), expected);
  });
}
