import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driveSize } from '../../../src/domain/values/drive-size.ts';

// what drives of these labels say of themselves, in bytes
for (const [bytes, label] of [
  [3_840_755_982_336, '3.84 TB'],
  [7_681_501_126_656, '7.68 TB'],
  [15_362_991_415_296, '15.36 TB'],
  [30_725_970_923_520, '30.72 TB'],
  [1_920_383_410_176, '1.92 TB'],
  [960_197_124_096, '960 GB'],
  [480_103_981_056, '480 GB'],
  [64_023_257_088, '64 GB'],
  [146_815_737_856, '146 GB'],
  [256_060_514_304, '256 GB'],
  [250_059_350_016, '250 GB'],
  [1_000_204_886_016, '1 TB'],
  [1_200_243_695_616, '1.2 TB'],
  [16_000_900_661_248, '16 TB'],
  [12_802_010_775_552, '12.8 TB'],
  [21_474_836_480, '21.5 GB'],
  [0, '0 B'],
  [undefined, undefined],
] as const)
  test(`a drive of ${bytes} bytes is one of ${label}`, () => assert.equal(driveSize(bytes), label));
