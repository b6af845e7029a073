import assert from 'node:assert/strict';
import test from 'node:test';
import { jedecManufacturer } from '../../../src/inventory/values/jedec-manufacturer.ts';

const makers = [
  ['00AD00B300AD', 'SK hynix'],
  ['80AD80B380AD', 'SK hynix'],
  ['00CE063200CE', 'Samsung'],
  ['CE00000000000000', 'Samsung'],
  ['000080B3802C', 'Micron'],
  ['0x2C00', 'Micron'],
  ['0443', 'Ramaxel'],
  ['1C4C', undefined],
  ['Samsung', undefined],
] as const;
for (const [raw, name] of makers) test(`manufacturer ${raw} is ${name}`, () => assert.equal(jedecManufacturer(raw), name));
