import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMemoryShort, mayHoldCopy } from '../../../../src/master/http/transfer/copy-rule.ts';

const MEBIBYTE = 1024 * 1024;

/** In MiB: the machine's memory, what of it is available, the file, what copies will hold and what of that they have not taken. */
function may([total, available, size, promised = 0, missing = 0]: [number, number, number, number?, number?]): boolean {
  const wish = { sizeBytes: size * MEBIBYTE, promisedBytes: promised * MEBIBYTE, missingBytes: missing * MEBIBYTE };
  return mayHoldCopy(wish, { totalBytes: total * MEBIBYTE, availableBytes: available * MEBIBYTE });
}

test('copies take an eighth of the memory at most, together', () => {
  assert.equal(may([8192, 8000, 1024]), true);
  assert.equal(may([8192, 8000, 1025]), false);
  assert.equal(may([8192, 8000, 500, 524]), true);
  assert.equal(may([8192, 8000, 500, 525]), false);
});

test('copies leave 512 MiB, and a quarter of a large machine', () => {
  assert.equal(may([1024, 640, 128]), true);
  assert.equal(may([1024, 639, 128]), false);
  assert.equal(may([8192, 2148, 100]), true);
  assert.equal(may([8192, 2147, 100]), false);
});

test('what other copies have still to take is not left', () => {
  assert.equal(may([8192, 2248, 100, 100, 100]), true);
  assert.equal(may([8192, 2248, 100, 200, 101]), false);
});

test('a machine of 512 MiB holds none, and one of 2 GiB that runs from RAM the image of today', () => {
  assert.equal(may([512, 400, 12]), false);
  assert.equal(may([2048, 1200, 64]), true);
});

test('a machine of 1 GiB keeps what the records in its RAM need, rather than an image of 100 MiB', () => {
  assert.equal(may([1024, 600, 100]), false);
  assert.equal(may([1024, 900, 100]), true, 'nothing is stored yet; the copy goes when records come');
});

test('a head node copies 1 GiB at most, however much memory it has', () => {
  assert.equal(may([65_536, 60_000, 1024]), true);
  assert.equal(may([65_536, 60_000, 1025]), false);
  assert.equal(may([65_536, 60_000, 600, 500, 500]), false);
});

test('memory is short when half of what copies leave is left', () => {
  const short = (total: number, available: number): boolean =>
    isMemoryShort({ totalBytes: total * MEBIBYTE, availableBytes: available * MEBIBYTE });
  assert.deepEqual([short(1024, 256), short(1024, 255)], [false, true]);
  assert.deepEqual([short(8192, 1024), short(8192, 1023)], [false, true]);
  assert.equal(short(8192, 0), true, 'a machine that does not say what it has');
});
