import assert from 'node:assert/strict';
import test from 'node:test';
import { bracketSectors, parseSize, product, sectorBytes } from '../../../src/inventory/values/tool-size.ts';

const GiB = 1024 ** 3;

for (const [text, bytes] of [
  ['4096 kB', 4 * 1024 ** 2],
  ['16384 MB', 16 * GiB],
  ['32 GB', 32 * GiB],
  ['1 TB', 1024 * GiB],
  ['2 PB', 2 * 1024 ** 2 * GiB],
  ['15360 MiB', 15 * GiB],
  ['17179869184 bytes', 16 * GiB],
  ['1 byte', 1],
  ['8gb', 8 * GiB],
  [' 8 GB (in use)', 8 * GiB],
  ['0 MB', undefined],
  ['9007199254740992 bytes', undefined],
  ['about 8 GB', undefined],
  ['8 GBit', undefined],
  ['8', undefined],
  ['No Module Installed', undefined],
  ['Unknown', undefined],
  ['None', undefined],
  ['', undefined],
  [undefined, undefined],
] as const) {
  test(`size ${text} is ${bytes}`, () => assert.equal(parseSize(text), bytes));
}

for (const [text, sectors] of [
  ['3.638 TB [0x1d1c0beb0 Sectors]', 0x1d1c0beb0],
  ['1 KB [0x1 sectors]', 1],
  ['0 KB [0x0 Sectors]', undefined],
  ['8192 TB [0x20000000000000 Sectors]', undefined],
  ['3.638 TB', undefined],
  [undefined, undefined],
] as const) {
  test(`sectors of ${text}: ${sectors}`, () => assert.equal(bracketSectors(text), sectors));
}

for (const [text, bytes] of [
  ['512B', 512],
  ['1 B', 1],
  ['4 KB', 4096],
  ['4kb', 4096],
  [' 512B ', 512],
  ['0B', undefined],
  ['512', undefined],
  ['x512B', undefined],
  ['512Bytes', undefined],
  ['512 MB', undefined],
  [undefined, undefined],
] as const) {
  test(`a sector of ${text} has ${bytes} bytes`, () => assert.equal(sectorBytes(text), bytes));
}

test('a product is a size when both are known and it can be held exactly', () => {
  assert.equal(product(8, 512), 4096);
  assert.equal(product(1, 1), 1);
  assert.deepEqual(
    [product(0, 512), product(undefined, 512), product(8, undefined), product(2 ** 50, 512)],
    [undefined, undefined, undefined, undefined],
  );
});
