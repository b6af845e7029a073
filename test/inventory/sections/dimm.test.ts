import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../src/inventory/normalise.ts';
import { readDimms } from '../../../src/inventory/sections/dimm.ts';
import { dataOf, dmiText, fixtureCapture } from '../capture-fixture.ts';

const dimm = (fields: Record<string, string>) =>
  readDimms([{ handle: '0x0011', type: 17, title: 'Memory Device', fields: new Map(Object.entries(fields)) }])[0];

test('everything that a structure says of a module', () => {
  const fields = {
    Size: '32 GB',
    'Form Factor': 'DIMM',
    Locator: 'A1',
    'Bank Locator': 'Node 0 Channel 0',
    Type: 'DDR5',
    'Memory Technology': 'DRAM',
    Speed: '5600 MT/s',
    'Configured Memory Speed': '4800 MT/s',
    Manufacturer: '80CE000080CE',
    'Part Number': 'M321R4GA0BB0',
    'Serial Number': 'AB12CD34',
    'Asset Tag': 'LABEL-77',
    Rank: '2',
    'Total Width': '80 bits',
    'Data Width': '64 bits',
    'Non-Volatile Size': 'None',
  };
  assert.deepEqual(dimm(fields), {
    handle: '0x0011',
    locator: 'A1',
    bankLocator: 'Node 0 Channel 0',
    populated: true,
    sizeBytes: 32 * 1024 ** 3,
    type: 'DDR5',
    formFactor: 'DIMM',
    technology: 'DRAM',
    ratedSpeedMtps: 5600,
    configuredSpeedMtps: 4800,
    manufacturer: '80CE000080CE',
    manufacturerName: 'Samsung',
    partNumber: 'M321R4GA0BB0',
    serial: 'AB12CD34',
    assetTag: 'LABEL-77',
    rank: 2,
    totalWidthBits: 80,
    dataWidthBits: 64,
    ecc: true,
  });
});

for (const [total, data, ecc, what] of [
  [72, 64, true, 'DDR4 with check bits'],
  [64, 64, false, 'DDR4 without'],
  [80, 64, true, 'DDR5, both sub-channels'],
  [40, 32, true, 'one sub-channel of DDR5'],
  [36, 32, true, 'one sub-channel of DDR5 with four check bits'],
  [32, 32, false, 'one sub-channel without check bits'],
  [40, 40, true, 'firmware that writes the whole width twice, as of DDR5'],
  [80, 80, true, 'the same of both sub-channels'],
  [72, 72, true, 'the same of DDR4'],
  [144, 144, true, 'the same of two channels'],
  [128, 128, false, 'two channels without check bits'],
  [64, 72, false, 'widths that were mixed up'],
] as const) {
  test(`${total} bits with ${data} of data: check bits ${ecc} (${what})`, () => {
    const found = dimm({ Size: '16 GB', 'Total Width': `${total} bits`, 'Data Width': `${data} bits` });
    assert.deepEqual([found?.ecc, found?.totalWidthBits, found?.dataWidthBits], [ecc, total, data]);
  });
}

for (const [raw, width] of [
  ['1 bit', 1],
  [' 72 bits ', 72],
  ['0 bits', undefined],
  ['Unknown', undefined],
  ['72 bits wide', undefined],
  ['about 72 bits', undefined],
] as const) {
  test(`width ${raw} is ${width}`, () => assert.equal(dimm({ Size: '16 GB', 'Total Width': raw })?.totalWidthBits, width));
}

for (const widths of [
  { 'Total Width': '72 bits' },
  { 'Data Width': '64 bits' },
  { 'Total Width': 'Unknown', 'Data Width': '0 bits' },
  {},
]) {
  test(`widths ${JSON.stringify(widths)} do not tell whether there are check bits`, () =>
    assert.equal('ecc' in (dimm({ Size: '16 GB', ...widths }) ?? {}), false));
}

for (const size of ['0 MB', '0 kB', '0 GB', '0 TB', '0 B', '0MB', '00 MB', '0 mb']) {
  test(`Size: ${size} is an empty slot`, () =>
    assert.deepEqual(dimm({ Size: size, Locator: 'A2', Type: 'DDR4', 'Serial Number': 'AB12' }), {
      handle: '0x0011',
      locator: 'A2',
      populated: false,
    }));
}
for (const size of ['No Module Installed', 'no module installed', 'Not Installed', 'None', 'Empty']) {
  test(`Size: ${size} is an empty slot`, () => assert.equal(dimm({ Size: size, 'Serial Number': 'AB12' })?.populated, false));
}
for (const [size, sizeBytes] of [
  ['512 MB', 512 * 1024 ** 2],
  ['10 GB', 10 * 1024 ** 3],
  ['Unknown', undefined],
  ['Not known', undefined],
  ['Almost empty', undefined],
] as const) {
  test(`Size: ${size} is a fitted module`, () => {
    const found = dimm({ Size: size });
    assert.deepEqual([found?.populated, found?.sizeBytes], [true, sizeBytes]);
  });
}

for (const [fields, isListed] of [
  [{ 'Serial Number': 'AB12' }, true],
  [{ 'Part Number': 'M393A2K40' }, true],
  [{ 'Serial Number': 'Not Specified', 'Part Number': 'M393A2K40' }, false],
  [{ 'Serial Number': '00000000' }, false],
  [{ Locator: 'A1' }, false],
] as const) {
  test(`without its size, ${JSON.stringify(fields)} is ${isListed ? 'a module' : 'a structure that was cut off'}`, () =>
    assert.equal(dimm(fields)?.populated, isListed ? true : undefined));
}

for (const [raw, speed] of [
  ['2933 MT/s', 2933],
  ['1333 MHz', 1333],
  ['4800 mt/s', 4800],
  [' 3200 MT/s ', 3200],
  ['3200MT/s', 3200],
  ['0 MT/s', undefined],
  ['1 MT/s', 1],
  ['1 ns', undefined],
  ['Unknown', undefined],
  ['about 3200 MT/s', undefined],
  ['3200 MT/s (PC4)', undefined],
] as const) {
  test(`speed ${raw} is ${speed} MT/s`, () => assert.equal(dimm({ Size: '16 GB', Speed: raw })?.ratedSpeedMtps, speed));
}

const moduleOf = (fields: Record<string, string>) => {
  const text = dmiText([17, 'Memory Device', { Size: '8 GB', Locator: 'B1', ...fields }]);
  return dataOf(normalise(fixtureCapture({ outputs: { dmidecode: text } })).sections.memory).dimms[0];
};

test('the maker of a module: its own number before what the text says of the DRAM; zeros are none', () => {
  const named = (Manufacturer: string, id?: string) =>
    moduleOf({ Manufacturer, ...(id === undefined ? {} : { 'Module Manufacturer ID': id }) });
  assert.deepEqual(
    [named('80AD', 'Bank 2, Hex 0x98')?.manufacturer, named('80AD', 'Bank 2, Hex 0x98')?.manufacturerName],
    ['80AD', 'Kingston'],
  );
  assert.equal(named('Not Specified', 'Bank 2, Hex 0x98')?.manufacturerName, 'Kingston');
  assert.equal(named('Kingston', 'Bank 2, Hex 0x98')?.manufacturerName, undefined);
  for (const zeros of ['0000', '0x0000', 'FFFF', '00000000', 'FF00FF00']) assert.equal(named(zeros)?.manufacturer, undefined, zeros);
});

test('part numbers in hexadecimal, and filled up with dashes or points', () => {
  const parts = ['0x4D39382D4142000000', '0x58595A2D31323320FF', '0x0102030405', 'HMT42GR7-----', 'QX8192....', '0x1234'];
  assert.deepEqual(
    parts.map((part) => moduleOf({ 'Part Number': part })?.partNumber),
    ['M98-AB', 'XYZ-123', undefined, 'HMT42GR7', 'QX8192', '0x1234'],
  );
});

test('speeds in the words of old releases, and what stands for unknown', () => {
  const speeds = ['800 MHz (1.3 ns)', '1066 MHz (0.9 ns)', '65535 MT/s', '1 ns', '0 MT/s', '5600 MT/s'];
  assert.deepEqual(
    speeds.map((speed) => moduleOf({ Speed: speed })?.ratedSpeedMtps),
    [800, 1066, undefined, undefined, undefined, 5600],
  );
});

test('the number of the module goes before the name that the firmware has, of the DRAM or its own', () => {
  const namesOf = (manufacturer: string, id: string) => {
    const { manufacturer: said, manufacturerName: name } =
      dimm({ Size: '8 GB', Manufacturer: manufacturer, 'Module Manufacturer ID': id }) ?? {};
    return [said, name];
  };
  assert.deepEqual(namesOf('Micron Technology', 'Bank 6, Hex 0x9B'), ['Micron Technology', 'Crucial']);
  assert.deepEqual(namesOf('SAMSUNG', 'Bank 1, Hex 0xCE'), ['SAMSUNG', undefined]);
  assert.deepEqual(namesOf('Kingston', 'Unknown'), ['Kingston', undefined]);
});

test('a part number in hexadecimal without its sign is longer than any part number', () => {
  const digits = Buffer.from('HMA84GR7AFR4N-UH  ').toString('hex').toUpperCase();
  assert.equal(dimm({ Size: '8 GB', 'Part Number': digits })?.partNumber, 'HMA84GR7AFR4N-UH');
  assert.equal(dimm({ Size: '8 GB', 'Part Number': '99U5471020A00LF' })?.partNumber, '99U5471020A00LF');
});
