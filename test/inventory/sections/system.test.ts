import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseBoard } from '../../../src/inventory/sections/board.ts';
import { normaliseFirmware } from '../../../src/inventory/sections/firmware.ts';
import { normaliseSystem } from '../../../src/inventory/sections/system.ts';
import { dataOf, dmiText, sectionOf } from '../capture-fixture.ts';

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
  assert.deepEqual(dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode } })), {
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
  assert.equal(dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode } })).chassis?.serial, 'BLADE');
});

for (const [height, rackUnits] of [
  ['1 U', 1],
  ['2 U', 2],
  ['10 U', 10],
  ['0 U', undefined],
  ['Unspecified', undefined],
  ['Not applicable', undefined],
  ['2.5 U', undefined],
  [undefined, undefined],
] as const) {
  test(`chassis height ${height} is ${rackUnits} rack units`, () => {
    const fields = { Type: 'Rack Mount Chassis', ...(height === undefined ? {} : { Height: height }) };
    const { chassis } = dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode: dmiText([3, 'Chassis Information', fields]) } }));
    assert.deepEqual(chassis, { type: 'Rack Mount Chassis', ...(rackUnits === undefined ? {} : { heightRackUnits: rackUnits }) });
  });
}

test('the height of an enclosure is not that of the blade in it, and that of a slot is none at all', () => {
  const dmidecode = dmiText(
    [3, 'Chassis Information', { Type: 'Blade Enclosing', Height: '10 U' }],
    [3, 'Chassis Information', { Type: 'Blade', Height: 'Unspecified' }],
    [9, 'System Slot Information', { Designation: 'SLOT1', Height: '2 U' }],
  );
  assert.deepEqual(dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode } })).chassis, { type: 'Blade' });
});

test('of several boards the motherboard', () => {
  const dmidecode = dmiText(
    [2, 'Base Board Information', { 'Product Name': 'Riser', Type: 'I/O Module' }],
    [2, 'Base Board Information', { 'Product Name': 'Main', Type: 'Motherboard' }],
  );
  assert.equal(dataOf(sectionOf(normaliseBoard, { outputs: { dmidecode } })).product, 'Main');
});

test('no baseboard is absent, not failed', () => {
  const dmidecode = dmiText([1, 'System Information', { Manufacturer: 'Example' }]);
  assert.equal(sectionOf(normaliseBoard, { outputs: { dmidecode } }).status, 'absent');
});

test('without dmidecode the kernel knows the strings too', () => {
  const files = {
    'sys/class/dmi/id/sys_vendor': 'Example\n',
    'sys/class/dmi/id/product_serial': 'S1\n',
    'sys/class/dmi/id/product_name': 'Default string\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseSystem, { files })), { vendor: 'Example', serial: 'S1' });
});

test('a dmidecode that failed is a failed section with what it said', () => {
  const commands = [{ id: 'dmidecode', argv: ['dmidecode'], status: 'failed' as const, exitCode: 1, durationMs: 3 }];
  assert.deepEqual(sectionOf(normaliseSystem, { commands }), { status: 'failed', reason: 'dmidecode: exit code 1' });
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
    const data = dataOf(sectionOf(normaliseFirmware, { outputs: { dmidecode }, files }));
    assert.deepEqual(data, { vendor: 'V', date: 'Sep 25 2022', ...(bootMode === undefined ? {} : { bootMode }) });
  });
}

test('a blade: HPE writes enclosure and bay into a structure of its own', () => {
  const dmidecode = dmiText(
    [3, 'Chassis Information', { Type: 'Blade', 'Serial Number': 'BLADE' }],
    [204, 'HP ProLiant System/Rack Locator', { 'Enclosure Model': 'Example c3', 'Enclosure Serial': 'ENC77', 'Server Bay': '4   ' }],
  );
  assert.deepEqual(dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode } })).enclosure, {
    model: 'Example c3',
    serial: 'ENC77',
    bay: '4',
  });
});

for (const [place, bay] of [
  ['Slot 05', 'Slot 05'],
  ['Part Component', undefined],
  ['To be filled by O.E.M.', undefined],
] as const) {
  test(`a blade: the board is in ${place}`, () => {
    const dmidecode = dmiText(
      [2, 'Base Board Information', { 'Location In Chassis': place }],
      [3, 'Chassis Information', { Type: 'Blade' }],
      [3, 'Enclosure', { Type: 'Blade Enclosing', 'Serial Number': 'ENC77' }],
    );
    const { enclosure } = dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode } }));
    assert.deepEqual(enclosure, { serial: 'ENC77', ...(bay === undefined ? {} : { bay }) });
  });
}

test('a machine that is no blade has no enclosure, wherever its board says it is', () => {
  const dmidecode = dmiText(
    [2, 'Base Board Information', { 'Location In Chassis': 'Slot 1' }],
    [3, 'Chassis Information', { Type: 'Rack Mount Chassis' }],
  );
  assert.equal('enclosure' in dataOf(sectionOf(normaliseSystem, { outputs: { dmidecode } })), false);
});

test('the interface that booted, by address and name', () => {
  const files = {
    'proc/cmdline': 'quiet BOOTIF=01-00-1B-21-AA-BB-CC ip=dhcp\n',
    'sys/class/net/bond0/address': '00:1b:21:aa:bb:cc\n',
    'sys/class/net/eno1/address': '00:1b:21:aa:bb:cc\n',
    'sys/class/net/eno2/address': '00:1b:21:aa:bb:cd\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseFirmware, { files })), { bootNicMac: '00:1b:21:aa:bb:cc', bootNicName: 'eno1' });
});

const variable = 'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
for (const [content, secureBoot] of [
  ['\x06\0\0\0\x01', true],
  ['\x06\0\0\0\0', false],
  ['\x06\0', undefined],
] as const) {
  test(`Secure Boot ${secureBoot}`, () => {
    const files = { [variable]: content, 'sys/firmware/efi/fw_platform_size': '64\n' };
    assert.equal(dataOf(sectionOf(normaliseFirmware, { files })).secureBoot, secureBoot);
  });
}

test('the boot order, with and without device paths, of an entry that is gone too', () => {
  const efibootmgr =
    'BootCurrent: 0003\nTimeout: 1 seconds\nBootOrder: 0003,000A,0007\nBoot0003* PXE IPv4 Slot 1\tPciRoot(0x0)/Pci(0x1c,0x0)\nBoot000A  Hard Drive \nMirroredPercentageAbove4G: 0.00\n';
  assert.deepEqual(dataOf(sectionOf(normaliseFirmware, { outputs: { efibootmgr } })), {
    bootCurrent: '0003',
    bootOrder: [
      { id: '0003', active: true, name: 'PXE IPv4 Slot 1' },
      { id: '000A', active: false, name: 'Hard Drive' },
      { id: '0007', active: false },
    ],
  });
});
