import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseBoard } from '../../src/inventory/board.ts';
import { normaliseFirmware } from '../../src/inventory/firmware.ts';
import { normaliseSystem } from '../../src/inventory/system.ts';
import { dataOf, dmiText, fixtureCapture } from './capture-fixture.ts';

test('system and chassis without placeholders', () => {
  const dmidecode = dmiText(
    [
      1,
      'System Information',
      {
        Manufacturer: 'Example',
        'Product Name': 'X1 ',
        Version: 'Not Specified',
        'Serial Number': '0123456789',
        UUID: 'ABCD0000-1111-2222-3333-444455556666',
      },
    ],
    [
      3,
      'Chassis Information',
      { Manufacturer: 'Example', Type: 'Rack Mount Chassis', 'Serial Number': 'C1', 'Asset Tag': 'To Be Filled By O.E.M.' },
    ],
  );
  assert.deepEqual(dataOf(normaliseSystem(fixtureCapture({ outputs: { dmidecode } }))), {
    vendor: 'Example',
    product: 'X1',
    uuid: 'abcd0000-1111-2222-3333-444455556666',
    chassis: { type: 'Rack Mount Chassis', vendor: 'Example', serial: 'C1' },
  });
});

test('a blade is not its enclosure', () => {
  const dmidecode = dmiText(
    [3, 'Chassis Information', { Type: 'Blade Enclosing', 'Serial Number': 'ENC' }],
    [3, 'Chassis Information', { Type: 'Blade', 'Serial Number': 'BLADE' }],
  );
  assert.equal(dataOf(normaliseSystem(fixtureCapture({ outputs: { dmidecode } }))).chassis?.serial, 'BLADE');
});

test('of several boards the motherboard', () => {
  const dmidecode = dmiText(
    [2, 'Base Board Information', { 'Product Name': 'Riser', Type: 'I/O Module' }],
    [2, 'Base Board Information', { 'Product Name': 'Main', Type: 'Motherboard' }],
  );
  assert.equal(dataOf(normaliseBoard(fixtureCapture({ outputs: { dmidecode } }))).product, 'Main');
});

test('no baseboard is absent, not failed', () => {
  const dmidecode = dmiText([1, 'System Information', { Manufacturer: 'Example' }]);
  assert.equal(normaliseBoard(fixtureCapture({ outputs: { dmidecode } })).status, 'absent');
});

test('without dmidecode the kernel knows the strings too', () => {
  const files = {
    'sys/class/dmi/id/sys_vendor': 'Example\n',
    'sys/class/dmi/id/product_serial': 'S1\n',
    'sys/class/dmi/id/product_name': 'Default string\n',
  };
  assert.deepEqual(dataOf(normaliseSystem(fixtureCapture({ files }))), { vendor: 'Example', serial: 'S1' });
});

test('a dmidecode that failed is a failed section with what it said', () => {
  const commands = [{ id: 'dmidecode', argv: ['dmidecode'], status: 'failed' as const, exitCode: 1, durationMs: 3 }];
  assert.deepEqual(normaliseSystem(fixtureCapture({ commands })), { status: 'failed', reason: 'dmidecode: exit code 1' });
});

const cpuinfo = 'processor\t: 0\nflags\t\t: fpu\n';
const bootModes = [
  ['uefi', { 'proc/cpuinfo': cpuinfo, 'sys/firmware/efi/fw_platform_size': '64\n' }],
  ['bios', { 'proc/cpuinfo': cpuinfo, 'sys/firmware/memmap/0/type': 'System RAM\n' }],
  [undefined, { 'proc/cpuinfo': cpuinfo }],
] as const;
for (const [bootMode, files] of bootModes) {
  test(`boot mode ${bootMode}`, () => {
    const dmidecode = dmiText([0, 'BIOS Information', { Vendor: 'V', 'Release Date': 'Sep 25 2022' }]);
    const data = dataOf(normaliseFirmware(fixtureCapture({ outputs: { dmidecode }, files })));
    assert.deepEqual(data, { vendor: 'V', date: 'Sep 25 2022', ...(bootMode === undefined ? {} : { bootMode }) });
  });
}
