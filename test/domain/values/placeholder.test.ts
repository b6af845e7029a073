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

// kinds, each with words of our own: sentences of any length, typing errors, names of fields, slots, errors of tools, other languages
for (const text of [
  'To be filled in later by the OEM',
  'Unkown',
  'unknow',
  'Please enter here',
  'Enter Asset Tag',
  'Your Serial Number here',
  'Not Yet Assigned',
  'NOT FOUND',
  'No Serial Number',
  'Type3 - AssetTag',
  'Chassis Serial Number',
  'Board Product Name',
  'B2_SerNum1',
  'P2-DIMMC1_PartNumber',
  'SerialNumber07',
  'DIMMB2_AssetTag (date:22/11)',
  'SKU',
  'ERR!',
  '[N/A]',
  '<Not Supported>',
  '[Unknown Error]',
  'GPU is lost',
  'Unable to read',
  'Permission denied',
  'nicht verfügbar',
  'non spécifié',
  '未知',
  'TBD',
]) {
  test(`"${text}" is a placeholder`, () => assert.equal(meaningful(text), undefined));
}
for (const text of [
  'SN04',
  'Model A1',
  'Model 1',
  'System Board',
  'Notebook',
  'NonStop 9',
  'P1-DIMMA1',
  'BANK 0',
  'Unigen',
  'Tagan',
  'No. 1',
  'OEM Server 4',
]) {
  test(`"${text}" is a value`, () => assert.equal(meaningful(text), text));
}
for (const text of [
  '9876543',
  '76543210',
  'ABCDEFGHIJ',
  '0123456789ABCDEF',
  '77777777',
  'A5A5A5A5',
  'F0:F0:F0:F0',
  '\ufffd\ufffd7',
  '..7.....',
  'REDACTED',
  'test serial',
]) {
  test(`"${text}" is no serial number`, () => assert.equal(meaningfulIdentity(text), undefined));
}
for (const text of ['456789', '1234', '12345', '770077', 'CN.7475', '00000012']) {
  test(`"${text}" is an identity`, () => assert.equal(meaningfulIdentity(text), text));
}
