import assert from 'node:assert/strict';
import test from 'node:test';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../../src/domain/values/placeholder.ts';

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

// in one word, with underscores, behind a label
for (const text of [
  'Value_Not_Set',
  'NotProvided',
  'tobefilledbyoem',
  'NoSerialNumber',
  'Unprogrammed',
  'SN: N/A',
  'Serial Number: 0000',
  'S / N',
  '$AssetTag',
]) {
  test(`"${text}" is a placeholder`, () => assert.equal(meaningful(text), undefined));
}
// shapes that no serial number has, whatever the language
for (const text of [
  'Ikke angivet',
  'sin número',
  'puste',
  'Не задан',
  'Ошибка 5',
  'Error 17',
  'I2C ERR',
  'ÿÿÿ1ÿ',
  '[MASKED]',
  '-1',
  '65535',
  '4294967295',
  '18446744073709551615',
  '12/24/2019',
  '2018-07-30',
  '24.12.2019 10:00',
  'v2.1',
  '3434',
  'ABC-ABC-ABC',
  'SSN12345678901234567',
  'MB-9876543210',
  'CN0000000',
  'BBBBBBB2',
  '1032547698BADCFE',
  'EFCDAB8967452301',
  '67452301EFCDAB89',
  'AABBCCDDEEFF',
  'AAAABBBBCCCC5',
  'FEDCBA9876543211FEDCBA9876543211',
  'asdfghjkl',
]) {
  test(`"${text}" is no serial number`, () => assert.equal(meaningfulIdentity(text), undefined));
}
for (const text of [
  'VMware-56 4d 1f 28 89 33 f8 e2-64 74 01 59 92 3b 58 0e',
  '.7QRXYZ2.CN7475162A0123.',
  'JHBXQRS',
  'S2RLNX0H700433B',
  '0000000000001234',
  '1000000012',
  'C02245301ZFF25WAT',
  '00A0B1C2D3E4',
]) {
  test(`"${text}" is an identity`, () => assert.equal(meaningfulIdentity(text), text));
}
for (const text of ['1111', '4242', 'Rack A links', 'Büro Süd 3', 'webserver']) {
  test(`"${text}" may be a label that a person has chosen`, () => assert.equal(meaningfulLabel(text), text));
}
for (const text of ['0000', '777777', '1234567890', 'Asset-1234567890', '<censored>', 'No Asset Tag']) {
  test(`"${text}" is no label`, () => assert.equal(meaningfulLabel(text), undefined));
}
