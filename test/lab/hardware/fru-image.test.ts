import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fruImage } from '../../../src/lab/hardware/fru-image.ts';
import { fruLocator } from '../../../src/lab/hardware/fru-locator.ts';
import { labBmc } from '../../../src/lab/plan/lab-hardware.ts';

const { fru } = labBmc(1);
const IMAGE = Buffer.from(fruImage(fru));

const areaAt = (index: number): Buffer => {
  const start = (IMAGE[index] ?? 0) * 8;
  return IMAGE.subarray(start, start + (IMAGE[start + 1] ?? 0) * 8);
};
const CHASSIS = areaAt(2);
const BOARD = areaAt(3);
const PRODUCT = areaAt(4);

function textsOf(area: Buffer, fixedBytes: number): string[] {
  const texts: string[] = [];
  for (let offset = 2 + fixedBytes; area[offset] !== 0xc1; offset += 1 + ((area[offset] ?? 0) & 0x3f)) {
    texts.push(area.subarray(offset + 1, offset + 1 + ((area[offset] ?? 0) & 0x3f)).toString('latin1'));
  }
  return texts;
}

test('the header points to the three areas, which fill the rest', () => {
  assert.deepEqual([...IMAGE.subarray(0, 3)], [1, 0, 1]);
  assert.equal(8 + CHASSIS.length + BOARD.length + PRODUCT.length, IMAGE.length);
});

for (const [name, bytes] of [
  ['header', IMAGE.subarray(0, 8)],
  ['chassis area', CHASSIS],
  ['board area', BOARD],
  ['product area', PRODUCT],
] as const) {
  test(`the bytes of the ${name} add up to zero`, () => {
    assert.equal(bytes.reduce((sum, byte) => sum + byte, 0) % 256, 0);
  });
}

test('each area has its texts in the order of the standard', () => {
  assert.deepEqual(textsOf(CHASSIS, 1), ['RCHP-1', 'RFCH0001']);
  assert.deepEqual(textsOf(BOARD, 4), ['Rehearsal Boards', 'Board 1', 'RFBD0001', 'RBDP-1', '']);
  assert.deepEqual(textsOf(PRODUCT, 1), ['Rehearsal Works', 'Model 1', 'RPRP-1', '', 'RFPR0001', 'RFAT0001', '']);
});

test('a text of one character would end the fields, one of 64 has no length', () => {
  for (const boardSerial of ['X', 'X'.repeat(64)]) assert.throws(() => fruImage({ ...fru, boardSerial }), RangeError);
});

test('the locator names device 1 of the BMC', () => {
  assert.equal(
    Buffer.from(fruLocator('Board')).toString('hex'),
    `010051${'11'}${'10'}${'20018000001000070100'}c5${Buffer.from('Board').toString('hex')}`,
  );
  assert.throws(() => fruLocator('A name that is too long'), RangeError);
});
