import assert from 'node:assert/strict';
import test from 'node:test';
import { meaningful, meaningfulIdentity } from '../../../src/domain/values/placeholder.ts';

const nothing = [
  'Not Specified',
  'To Be Filled By O.E.M.',
  'TO BE FILLED BY O.E.M.',
  'Default string',
  'System Product Name',
  'NO DIMM',
  'None',
  'N/A',
  'SerNum0',
  'PartNum12',
  'OEM Define 1',
  '.........',
  '   ',
  '--',
  '<BAD INDEX>',
  '<OUT OF SPEC>',
  'Unknown',
  '',
];
for (const text of nothing) test(`"${text}" is a placeholder`, () => assert.equal(meaningful(text), undefined));

const values = [
  ['PowerEdge R640', 'PowerEdge R640'],
  ['  M393A4K40DB3-CWE    ', 'M393A4K40DB3-CWE'],
  ['Standard PC (Q35 + ICH9, 2009)', 'Standard PC (Q35 + ICH9, 2009)'],
  ['None of your business', 'None of your business'],
  ['0', '0'],
  ['A\x00B\x07', 'A B'],
] as const;
for (const [raw, value] of values) test(`"${raw}" is the value "${value}"`, () => assert.equal(meaningful(raw), value));

for (const text of [
  '0',
  '0000000',
  '00000000',
  '0x00000000',
  '0123456789',
  '123456789',
  'FFFFFFFF',
  'Not Settable',
  '00000000-0000-0000-0000-000000000000',
]) {
  test(`"${text}" is no serial number`, () => assert.equal(meaningfulIdentity(text), undefined));
}
for (const text of ['160412A2', '00000001', 'J1234', '00000000-0000-0000-0000-ac1f6b000001']) {
  test(`"${text}" is an identity`, () => assert.equal(meaningfulIdentity(text), text));
}
