import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeText } from '../../../src/domain/values/text.ts';
import { parseDmidecode } from '../../../src/inventory/smbios/dmidecode-text.ts';
import { dmiText } from '../capture-fixture.ts';

test('structures, fields and list items', () => {
  const text = [
    '# dmidecode 3.4',
    'Handle 0x0000, DMI type 0, 26 bytes',
    'BIOS Information',
    '\tVendor: Example: Firmware',
    '\tCharacteristics:',
    '\t\tPCI is supported',
    '\t\tVersion: not a field of the structure',
    '\tVersion: 1.2',
    '',
    'Handle 0x00AB, DMI type 127, 4 bytes',
    'End Of Table',
    '',
  ].join('\n');
  const [bios, end, ...more] = parseDmidecode(text);
  assert.deepEqual(more, []);
  assert.equal(bios?.title, 'BIOS Information');
  assert.deepEqual(Object.fromEntries(bios?.fields ?? []), { Vendor: 'Example: Firmware', Characteristics: '', Version: '1.2' });
  assert.deepEqual([end?.handle, end?.type, end?.fields.size], ['0x00ab', 127, 0]);
});

test('notices between and inside structures are no fields and end nothing', () => {
  const text = dmiText([1, 'System Information', { Manufacturer: 'Example', 'Serial Number': 'S1' }]).replace(
    '\tSerial Number',
    '# SMBIOS implementations newer than version 3.2.0 are not\nInvalid entry length (0).\n\tSerial Number',
  );
  const [system, ...more] = parseDmidecode(text);
  assert.equal(more.length, 0);
  assert.equal(system?.title, 'System Information');
  assert.deepEqual([...(system?.fields.values() ?? [])], ['Example', 'S1']);
});

test('a table that stands there twice is read once; two structures with one handle are both kept', () => {
  const once = dmiText([17, 'Memory Device', { Locator: 'A1' }], [17, 'Memory Device', { Locator: 'A2' }]);
  assert.equal(parseDmidecode(once + once).length, 2);
  assert.equal(parseDmidecode(once.replace('0x0001', '0x0000')).length, 2);
});

test('CRLF, blanks for tabs and bytes that are no UTF-8', () => {
  const text = dmiText([1, 'System Information', { Manufacturer: 'Ex', 'Product Name': 'P' }]);
  const plain = parseDmidecode(text);
  assert.deepEqual(parseDmidecode(decodeText(Buffer.from(text.replaceAll('\n', '\r\n')))), plain);
  assert.deepEqual(parseDmidecode(text.replaceAll('\t', '        ')), plain);
  const odd = Buffer.concat([
    Buffer.from('Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: A'),
    Buffer.from([0x99]),
    Buffer.from('B\n'),
  ]);
  assert.equal(parseDmidecode(decodeText(odd))[0]?.fields.get('Manufacturer'), 'A\ufffdB');
});

test('as dmidecode up to 2.6 printed it: the type on a line of its own, and everything one deeper', () => {
  const text = [
    '# dmidecode 2.2',
    'Handle 0x0011',
    '\tDMI type 17, 23 bytes.',
    '\tMemory Device',
    '\t\tSize: 512 MB',
    '\t\tFeatures:',
    '\t\t\tA feature',
    '\t\tLocator: DIMM_1',
    'Handle 0x0012',
    '\tDMI type 4, 32 bytes.',
    '\tProcessor Information',
    '\t\tSocket Designation: CPU 1',
    '',
  ].join('\n');
  assert.deepEqual(
    parseDmidecode(text).map(({ handle, type, title, fields }) => [
      handle,
      type,
      title,
      fields.get('Locator') ?? fields.get('Socket Designation'),
    ]),
    [
      ['0x0011', 17, 'Memory Device', 'DIMM_1'],
      ['0x0012', 4, 'Processor Information', 'CPU 1'],
    ],
  );
});
