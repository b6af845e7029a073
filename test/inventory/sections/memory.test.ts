import assert from 'node:assert/strict';
import test from 'node:test';
import { normaliseMemory } from '../../../src/inventory/sections/memory.ts';
import { jedecManufacturer } from '../../../src/inventory/values/jedec-manufacturer.ts';
import { parseSize } from '../../../src/inventory/values/tool-size.ts';
import { dataOf, dmiText, sectionOf } from '../capture-fixture.ts';

const GiB = 1024 ** 3;
const fitted = { Size: '16 GB', 'Total Width': '72 bits', 'Data Width': '64 bits', Type: 'DDR4', Locator: 'A1', 'Serial Number': 'AB12' };
const memory = (...devices: Record<string, string>[]) =>
  memoryWith({ 'Error Correction Type': 'Multi-bit ECC', Use: 'System Memory' }, ...devices);
const memoryWith = (array: Record<string, string>, ...devices: Record<string, string>[]) => {
  const text = dmiText(
    [16, 'Physical Memory Array', array],
    ...devices.map((fields): [number, string, Record<string, string>] => [17, 'Memory Device', fields]),
  );
  return dataOf(sectionOf(normaliseMemory, { outputs: { dmidecode: text } }));
};

const sizes = [
  ['4096 kB', 4 * 1024 ** 2],
  ['16384 MB', 16 * GiB],
  ['32 GB', 32 * GiB],
  ['1 TB', 1024 * GiB],
  ['No Module Installed', undefined],
  ['Unknown', undefined],
  ['None', undefined],
  [undefined, undefined],
] as const;
for (const [text, bytes] of sizes) test(`size ${text} is ${bytes}`, () => assert.equal(parseSize(text), bytes));

test('an empty slot keeps its place and nothing else', () => {
  const { dimms, slots, slotsPopulated, installedBytes } = memory(fitted, {
    Size: 'No Module Installed',
    Locator: 'A2',
    Manufacturer: 'NO DIMM',
    Type: 'DDR4',
  });
  assert.deepEqual(dimms[1], { handle: '0x0002', locator: 'A2', populated: false });
  assert.deepEqual([slots, slotsPopulated, installedBytes], [2, 1, 16 * GiB]);
});

test('a fitted module of unknown size is populated and has no size', () => {
  const { dimms, installedBytes } = memory({ ...fitted, Size: 'Unknown', Locator: 'P1-DIMMB1' });
  assert.equal(dimms[0]?.populated, true);
  assert.equal('sizeBytes' in (dimms[0] ?? {}), false);
  assert.equal(installedBytes, undefined);
});

test('rated and configured speed, in old and new words', () => {
  const speeds = [
    { Speed: '2933 MT/s', 'Configured Memory Speed': '2666 MT/s' },
    { Speed: '1333 MHz', 'Configured Clock Speed': '1066 MHz' },
    { Speed: '1 ns', 'Configured Memory Speed': 'Unknown' },
  ].map((speed) => memory({ ...fitted, ...speed }).dimms[0]);
  assert.deepEqual(
    speeds.map((dimm) => [dimm?.ratedSpeedMtps, dimm?.configuredSpeedMtps]),
    [
      [2933, 2666],
      [1333, 1066],
      [undefined, undefined],
    ],
  );
});

test('firmware flash is listed, but is no memory', () => {
  const data = memory(fitted, { Size: '4096 kB', Type: 'Flash', Locator: 'BIOS', 'Total Width': '8 bits', 'Data Width': '8 bits' });
  assert.equal(data.dimms.length, 2);
  assert.deepEqual([data.slots, data.installedBytes], [1, 16 * GiB]);
});

test('persistent memory does not count as installed RAM', () => {
  const data = memory(fitted, {
    ...fitted,
    Size: '126 GB',
    'Memory Technology': 'Intel Optane DC persistent memory',
    'Non-Volatile Size': '126 GB',
  });
  assert.equal(data.installedBytes, 16 * GiB);
  assert.equal(data.dimms[1]?.nonVolatileBytes, 126 * GiB);
});

test('ECC is what the array says', () => {
  assert.equal(memory(fitted).ecc, 'Multi-bit ECC');
  assert.equal(memoryWith({ 'Error Correction Type': 'None', Use: 'System Memory' }, { ...fitted, 'Total Width': '64 bits' }).ecc, 'None');
});

test('ECC is not lost when the array says nothing', () => {
  for (const array of [{}, { 'Error Correction Type': 'Unknown' }, { 'Error Correction Type': '<OUT OF SPEC>' }]) {
    const data = memoryWith(array as Record<string, string>, fitted);
    assert.deepEqual([data.ecc, data.eccModules, data.dimms[0]?.ecc], ['ECC', true, true]);
  }
});

test('72 bits in both widths are check bits too, 64 and 8 are none', () => {
  const flags = ['72', '64', '8'].map(
    (width) => memory({ ...fitted, 'Total Width': `${width} bits`, 'Data Width': `${width} bits` }).dimms[0]?.ecc,
  );
  assert.deepEqual(flags, [true, false, false]);
});

test('ECC of a flash array is not that of the memory', () => {
  assert.equal(memoryWith({ 'Error Correction Type': 'None', Use: 'Flash Memory' }, fitted).ecc, 'ECC');
});

test('a changed serial number changes the record, and only there', () => {
  const before = memory(fitted, { ...fitted, Locator: 'A2', 'Serial Number': 'CD34' });
  const after = memory(fitted, { ...fitted, Locator: 'A2', 'Serial Number': 'EF56' });
  assert.deepEqual(after.dimms[0], before.dimms[0]);
  assert.deepEqual(after.dimms[1], { ...before.dimms[1], serial: 'EF56' });
});

test('modules with equal locators are told apart by their handles', () => {
  const handles = memory(fitted, fitted, fitted).dimms.map((dimm) => dimm.handle);
  assert.equal(new Set(handles).size, 3);
});

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

test('without dmidecode the kernel still says how much there is', () => {
  const files = { 'proc/meminfo': 'MemTotal:       16277820 kB\nMemFree: 1 kB\n' };
  assert.deepEqual(dataOf(sectionOf(normaliseMemory, { files })), { totalBytes: 16277820 * 1024, dimms: [] });
});

test('what the board can hold, and what is free', () => {
  const data = memoryWith({ Use: 'System Memory', 'Maximum Capacity': '1536 GB' }, fitted, { Size: 'No Module Installed', Locator: 'A2' });
  assert.deepEqual([data.maximumBytes, data.slotsEmpty], [1536 * GiB, 1]);
});

test('memory errors that Linux counted', () => {
  const files = {
    'proc/meminfo': 'MemTotal: 1024 kB\n',
    'sys/devices/system/edac/mc/mc0/ce_count': '3\n',
    'sys/devices/system/edac/mc/mc0/ue_count': '0\n',
    'sys/devices/system/edac/mc/power/control': 'auto\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseMemory, { files })).controllers, [{ name: 'mc0', correctedErrors: 3, uncorrectedErrors: 0 }]);
});
