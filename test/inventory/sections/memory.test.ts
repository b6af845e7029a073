import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { normaliseMemory } from '../../../src/inventory/sections/memory.ts';
import { type CaptureFixture, dataOf, dmiText, fixtureCapture, sectionOf } from '../capture-fixture.ts';

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

for (const type of ['Flash', 'ROM', 'EEPROM', 'FEPROM', 'EPROM']) {
  test(`${type} that firmware lists as a module is no RAM, however it looks`, () => {
    const chip = {
      Size: '16 MB',
      Type: type,
      Locator: 'BIOS',
      'Total Width': '72 bits',
      'Data Width': '64 bits',
      'Non-Volatile Size': '16 MB',
    };
    const plain = { ...fitted, 'Total Width': '64 bits' };
    const { dimms, slots, slotsPopulated, installedBytes, eccModules, nonVolatileBytes } = memory(plain, chip);
    assert.deepEqual([dimms.length, slots, slotsPopulated, installedBytes], [2, 1, 1, 16 * GiB]);
    assert.deepEqual([eccModules, nonVolatileBytes], [false, undefined]);
    assert.equal(memoryWith({ Use: 'System Memory' }, plain, chip).ecc, undefined);
  });
}

for (const type of ['EDRAM', 'DRAM', 'RDRAM', 'SDRAM', 'DDR5', 'Unknown', 'ROM module', 'a Flash']) {
  test(`${type} is RAM`, () =>
    assert.deepEqual([memory({ ...fitted, Type: type }).slots, memory({ ...fitted, Type: type }).installedBytes], [1, 16 * GiB]));
}

test('a machine that lists its flash only has no memory modules', () => {
  const data = memory({ Size: '16 MB', Type: 'Flash', Locator: 'BIOS' });
  assert.deepEqual(
    [data.dimms.length, data.slots, data.slotsPopulated, data.slotsEmpty, data.eccModules],
    [1, undefined, undefined, undefined, undefined],
  );
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

for (const use of ['Cache Memory', 'Video Memory', 'Flash Memory', 'Non-volatile RAM', 'cache memory']) {
  test(`an array for ${use} is no memory of the system`, () => {
    const dmidecode = dmiText(
      [16, 'Physical Memory Array', { Use: use, 'Error Correction Type': 'Single-bit ECC', 'Maximum Capacity': '512 GB' }],
      [16, 'Physical Memory Array', { Use: 'System Memory', 'Error Correction Type': 'None', 'Maximum Capacity': '64 GB' }],
      [17, 'Memory Device', fitted],
    );
    const { ecc, maximumBytes } = dataOf(sectionOf(normaliseMemory, { outputs: { dmidecode } }));
    assert.deepEqual([ecc, maximumBytes], ['None', 64 * GiB]);
  });
}

test('all arrays of the system together, and of several words on ECC the one that corrects', () => {
  const array = { Use: 'System Memory', 'Maximum Capacity': '64 GB' };
  const dmidecode = dmiText(
    [16, 'Physical Memory Array', { ...array, 'Error Correction Type': 'None' }],
    [16, 'Physical Memory Array', { ...array, 'Error Correction Type': 'Multi-bit ECC' }],
    [16, 'Physical Memory Array', { 'Error Correction Type': 'Other' }],
    [17, 'Memory Device', fitted],
  );
  const { ecc, maximumBytes } = dataOf(sectionOf(normaliseMemory, { outputs: { dmidecode } }));
  assert.deepEqual([ecc, maximumBytes], ['Multi-bit ECC', 128 * GiB]);
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

test('without dmidecode the kernel still says how much there is', () => {
  const files = { 'proc/meminfo': 'MemTotal:       16277820 kB\nMemFree: 1 kB\n' };
  assert.deepEqual(dataOf(sectionOf(normaliseMemory, { files })), { totalBytes: 16277820 * 1024, dimms: [] });
});

test('what the kernel says goes before lshw, and lshw before nothing, unless there are modules', () => {
  const lshw = JSON.stringify({
    id: 'host',
    class: 'system',
    children: [{ id: 'memory', class: 'memory', description: 'System memory', size: 8 * GiB }],
  });
  const totalBytes = (fixture: CaptureFixture) => dataOf(sectionOf(normaliseMemory, fixture)).totalBytes;
  assert.equal(totalBytes({ outputs: { lshw } }), 8 * GiB);
  assert.equal(totalBytes({ outputs: { lshw }, files: { 'proc/meminfo': 'MemTotal: 1024 kB\n' } }), 1024 * 1024);
  assert.equal(totalBytes({ outputs: { lshw, dmidecode: dmiText([17, 'Memory Device', fitted]) } }), undefined);
});

test('where nobody knows anything of memory, dmidecode is named', () => {
  assert.deepEqual(sectionOf(normaliseMemory, {}), { status: 'absent', reason: 'dmidecode did not run' });
  assert.equal(sectionOf(normaliseMemory, { files: { 'proc/meminfo': 'HighMemTotal: 7 kB\n' } }).status, 'absent');
});

test('a board with one slot, and a module that claims to keep more than it holds', () => {
  const data = memory({ ...fitted, Size: '16 GB', 'Non-Volatile Size': '32 GB' });
  assert.deepEqual([data.slots, data.slotsPopulated, data.slotsEmpty, data.installedBytes], [1, 1, 0, 0]);
});

test('one module with check bits among others, and the empty slots', () => {
  const plain = { ...fitted, 'Total Width': '64 bits' };
  const data = memory(plain, fitted, { Size: 'No Module Installed' });
  assert.deepEqual([data.eccModules, data.slots, data.slotsPopulated, data.slotsEmpty], [true, 3, 2, 1]);
});

test('persistent memory of all modules; a module without a size counts for nothing', () => {
  const persistent = { ...fitted, Size: '126 GB', 'Non-Volatile Size': '126 GB' };
  const data = memory(persistent, persistent, { ...fitted, Size: 'Unknown' }, { ...fitted, Size: '1 kB' });
  assert.deepEqual([data.nonVolatileBytes, data.installedBytes], [252 * GiB, 1024]);
});

for (const [said, ecc] of [
  ['Unknown', 'ECC'],
  ['Other', 'ECC'],
  ['<OUT OF SPEC>', 'ECC'],
  [' None', 'None'],
  ['CRC', 'CRC'],
  ['ECC of another kind', 'ECC of another kind'],
] as const) {
  test(`an array that says ${said} of ECC: ${ecc}`, () =>
    assert.equal(memoryWith({ Use: 'System Memory', 'Error Correction Type': said }, fitted).ecc, ecc));
}

test('one controller, and none', () => {
  const meminfo = { 'proc/meminfo': 'MemTotal: 1024 kB\n' };
  const controllers = (files: Record<string, string>) =>
    dataOf(sectionOf(normaliseMemory, { files: { ...meminfo, ...files } })).controllers;
  assert.deepEqual(controllers({ 'sys/devices/system/edac/mc/mc0/ue_count': '2\n' }), [{ name: 'mc0', uncorrectedErrors: 2 }]);
  assert.equal(controllers({}), undefined);
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
    'sys/devices/system/edac/mc/mc0/mc_name': 'Example DDR4 controller\n',
    'sys/devices/system/edac/mc/mc10/ce_count': '0\n',
    'sys/devices/system/edac/mc/power/control': 'auto\n',
    'sys/devices/system/edac/mc/xmc0/ce_count': '1\n',
    'sys/devices/system/edac/mc/mc0b/ce_count': '1\n',
  };
  assert.deepEqual(dataOf(sectionOf(normaliseMemory, { files })).controllers, [
    { name: 'mc0', driver: 'Example DDR4 controller', correctedErrors: 3, uncorrectedErrors: 0 },
    { name: 'mc10', correctedErrors: 0 },
  ]);
});

test('a memory array of which the firmware describes no module, and a slice of the table without memory', () => {
  const array = dmiText([
    16,
    'Physical Memory Array',
    { Use: 'System Memory', 'Error Correction Type': 'Multi-bit ECC', 'Maximum Capacity': '96 GB' },
  ]);
  assert.deepEqual(dataOf(sectionOf(normaliseMemory, { outputs: { dmidecode: array } })), {
    ecc: 'Multi-bit ECC',
    maximumBytes: 96 * 1024 ** 3,
    dimms: [],
  });
  const slice = dmiText([27, 'Cooling Device', { Type: 'Fan' }]);
  const section = sectionOf(normaliseMemory, { outputs: { dmidecode: slice } });
  assert.deepEqual(section, { status: 'absent', reason: 'what dmidecode printed is a part of the table, and no memory is in it' });
  const whole = `${slice}\nHandle 0x0099, DMI type 127, 4 bytes\nEnd Of Table\n\n`;
  assert.deepEqual(sectionOf(normaliseMemory, { outputs: { dmidecode: whole } }), {
    status: 'absent',
    reason: 'the firmware describes no memory',
  });
});

test('a total that no machine can have, a copy with a broken digit, is none and spoils no record', () => {
  const files = {
    'proc/meminfo': 'MemTotal: 99999999999999999999 kB\n',
    'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal: 99999999999999999999 kB\n',
  };
  const record = normalise(fixtureCapture({ files }));
  assert.equal(record.sections.memory.status, 'absent');
  assert.equal(NodeRecord.safeParse(record).success, true);
});
