import assert from 'node:assert/strict';
import test from 'node:test';
import { jedecManufacturer, jedecManufacturerId } from '../../../src/inventory/values/jedec-manufacturer.ts';

const makers = [
  ['00AD00B300AD', 'SK hynix'],
  ['80AD80B380AD', 'SK hynix'],
  ['00CE063200CE', 'Samsung'],
  ['CE00000000000000', 'Samsung'],
  ['000080B3802C', 'Micron'],
  ['0x2C00', 'Micron'],
  ['0443', 'Ramaxel'],
  ['7F7F7F7F43000000', 'Ramaxel'],
  // module first, DRAM behind it
  ['019800008 02C'.replace(' ', ''), 'Kingston'],
  ['029E000080CE', 'Corsair'],
  // banks with and without parity, and in the other order
  ['04CD', 'G Skill Intl'],
  ['CD04', 'G Skill Intl'],
  ['04EF', 'Team Group Inc.'],
  ['859B', 'Crucial'],
  ['059B', 'Crucial'],
  // 1B has no parity bit, and needs none: it has four ones, so that this is no number of JEDEC's
  ['00CF', undefined],
  ['1C4C', undefined],
  ['Samsung', undefined],
  ['0x2C', 'Micron'],
  ['JEDEC ID:AD 00 00 00 00 00 00 00', 'SK hynix'],
  ['JEDEC ID: 7F 98 00 00', 'Kingston'],
  ['CE', undefined],
] as const;
for (const [raw, name] of makers) test(`manufacturer ${raw} is ${name}`, () => assert.equal(jedecManufacturer(raw), name));

test('the number of the module as dmidecode prints it', () => {
  assert.deepEqual(['Bank 1, Hex 0xCE', 'Bank 6, Hex 0x9B', 'Bank 2, Hex 0x98', 'Unknown', undefined].map(jedecManufacturerId), [
    'Samsung',
    'Crucial',
    'Kingston',
    undefined,
    undefined,
  ]);
});
