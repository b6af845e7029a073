import assert from 'node:assert/strict';
import test from 'node:test';
import { lshwRecords, lshwTotalBytes } from '../../../../src/inventory/tools/lshw/records.ts';
import { parseLshw } from '../../../../src/inventory/tools/lshw/tree.ts';

const recordsOf = (tree: object) =>
  lshwRecords(parseLshw(Buffer.from(JSON.stringify(tree)))).map(({ handle, type, title, fields }) => ({
    handle,
    type,
    title,
    fields: Object.fromEntries(fields),
  }));
const host = (...children: object[]) => ({ id: 'host', class: 'system', children: [{ id: 'core', class: 'bus', children }] });
const below = (...children: object[]) => recordsOf(host(...children)).filter(({ type }) => type > 3);
const memory = (description: string, ...children: object[]) => ({
  id: 'memory',
  class: 'memory',
  description,
  handle: 'DMI:003A',
  children,
});
const bank = { id: 'bank:0', class: 'memory', description: 'DIMM DDR4 Synchronous 2666 MHz (0.4 ns)', size: 17179869184, width: 64 };

test('machine, chassis, board and firmware in the words of dmidecode', () => {
  const tree = {
    id: 'host',
    class: 'system',
    handle: 'DMI:0001',
    product: 'R740 (SKU=1)',
    vendor: 'Example',
    version: 'V2',
    serial: 'S1',
    configuration: { chassis: 'rackmount', family: 'R', sku: 'SKU=1', uuid: '44444444-1111-2222-8052-b4c04f4d3732' },
    children: [
      {
        ...{
          id: 'core',
          class: 'bus',
          handle: 'DMI:0002',
          product: 'B1',
          vendor: 'Example',
          version: 'A01',
          serial: 'BS1',
          slot: 'Slot 7',
        },
        children: [{ id: 'firmware', class: 'memory', vendor: 'Firma', version: '2.1', date: '06/04/2023' }],
      },
    ],
  };
  assert.deepEqual(recordsOf(tree), [
    {
      ...{ handle: '0x0001', type: 1, title: 'System Information' },
      fields: {
        Manufacturer: 'Example',
        'Product Name': 'R740',
        Version: 'V2',
        'Serial Number': 'S1',
        UUID: '44444444-1111-2222-8052-b4c04f4d3732',
        'SKU Number': 'SKU=1',
        Family: 'R',
      },
    },
    { handle: '0x0001', type: 3, title: 'Chassis Information', fields: { Type: 'Rack Mount Chassis' } },
    {
      ...{ handle: '0x0002', type: 2, title: 'Base Board Information' },
      fields: { Manufacturer: 'Example', 'Product Name': 'B1', Version: 'A01', 'Serial Number': 'BS1', 'Location In Chassis': 'Slot 7' },
    },
    {
      ...{ handle: 'core/firmware', type: 0, title: 'BIOS Information' },
      fields: { Vendor: 'Firma', Version: '2.1', 'Release Date': '06/04/2023' },
    },
  ]);
});

for (const [uuid, isTold] of [
  ['44444444-1111-2222-8052-b4c04f4d3732', true],
  ['45444444-1111-2222-8052-b4c04f4d3732', false],
  ['44444444-1112-2222-8052-b4c04f4d3732', false],
  ['44444444-1111-2223-8052-b4c04f4d3732', false],
  ['44444444', false],
] as const) {
  test(`a UUID ${uuid} whose byte order ${isTold ? 'does not matter' : 'nobody knows'}`, () => {
    const [system] = recordsOf({ id: 'host', class: 'system', configuration: { uuid } });
    assert.equal(system?.fields['UUID'], isTold ? uuid : undefined);
  });
}

for (const [word, type] of [
  ['desktop', 'Desktop'],
  ['server', 'Main Server Chassis'],
  ['blade', 'Blade'],
  ['enclosure', 'Blade Enclosing'],
  ['teapot', undefined],
] as const) {
  test(`a chassis that lshw calls ${word}`, () => {
    const [, chassis] = recordsOf({ id: 'host', class: 'system', configuration: { chassis: word } });
    assert.deepEqual([chassis?.type, chassis?.fields['Type']], [3, type]);
  });
}

test('sockets: a processor, one that is off, and an empty one; logical processors are none', () => {
  const cpu = { class: 'processor', product: 'Model X', slot: 'CPU1', configuration: { cores: '8', enabledcores: '6', threads: '16' } };
  const found = below(
    { ...cpu, id: 'cpu:0', handle: 'DMI:0400' },
    { ...cpu, id: 'cpu:1', handle: 'DMI:0401', disabled: true },
    { id: 'cpu:2', class: 'processor', handle: 'DMI:0402', description: 'CPU [empty]', slot: 'CPU3' },
    { ...cpu, id: 'cpu:3' },
  );
  assert.deepEqual(
    found.map(({ type, title, handle, fields }) => [type, title, handle, fields['Socket Designation'], fields['Status']]),
    [
      [4, 'Processor Information', '0x0400', 'CPU1', 'Populated, Enabled'],
      [4, 'Processor Information', '0x0401', 'CPU1', 'Populated, Disabled By BIOS'],
      [4, 'Processor Information', '0x0402', 'CPU3', 'Unpopulated'],
    ],
  );
  const { Type: type, Version: version, ...counts } = found[0]?.fields ?? {};
  assert.deepEqual(
    [type, version, counts['Core Count'], counts['Core Enabled'], counts['Thread Count']],
    ['Central Processor', 'Model X', '8', '6', '16'],
  );
});

for (const [word, ecc] of [
  ['none', 'None'],
  ['parity', 'Parity'],
  ['ecc', 'Single-bit ECC'],
  ['multi-bit-ecc', 'Multi-bit ECC'],
  ['crc', 'CRC'],
  ['other', undefined],
  [undefined, undefined],
] as const) {
  test(`an array with error detection ${word}`, () => {
    const array = { ...memory('System Memory'), configuration: word === undefined ? {} : { errordetection: word } };
    assert.deepEqual(below(array), [
      {
        ...{ handle: '0x003a', type: 16, title: 'Physical Memory Array' },
        fields: { Use: 'System Memory', ...(ecc === undefined ? {} : { 'Error Correction Type': ecc }) },
      },
    ]);
  });
}

test('a module, as far as lshw keeps it', () => {
  const [, module] = below(
    memory('System Memory', { ...bank, handle: 'DMI:003B', vendor: 'Samsung', product: 'M393', serial: 'AB12', slot: 'A1' }),
  );
  assert.deepEqual(module, {
    ...{ handle: '0x003b', type: 17, title: 'Memory Device' },
    fields: {
      Size: '17179869184 bytes',
      Locator: 'A1',
      'Form Factor': 'DIMM',
      Type: 'DDR4',
      Speed: '2666 MT/s',
      Manufacturer: 'Samsung',
      'Part Number': 'M393',
      'Serial Number': 'AB12',
      'Data Width': '64 bits',
    },
  });
});

for (const [what, more, size] of [
  ['an empty slot', { description: 'DIMM DDR4 [empty]', size: undefined }, 'No Module Installed'],
  ['a module larger than lshw could tell', { size: 0x7fff * 1024 ** 2 }, 'Unknown'],
  ['a module without a size', { size: undefined }, undefined],
] as const) {
  test(`size of ${what}`, () => {
    const [, module] = below(memory('System Memory', { ...bank, ...more }));
    assert.equal(module?.fields['Size'], size);
  });
}

for (const description of ['Flash Memory', 'L1 cache', 'Video Memory', 'NVRAM', 'System BIOS flash']) {
  test(`banks of ${description} are no modules, and it is no array of the system`, () =>
    assert.deepEqual(below(memory(description, bank)), []));
}

test('banks elsewhere, and what is only called alike', () => {
  assert.deepEqual(below(bank), []);
  assert.deepEqual(
    below(
      memory(
        'System Memory',
        { ...bank, id: 'bank' },
        { ...bank, id: 'bank:12' },
        { ...bank, id: 'databank:1' },
        { ...bank, id: 'bank:x' },
      ),
    ).map(({ handle }) => handle),
    ['0x003a', 'memory/bank', 'memory/bank:12'],
  );
  // without a description it may be the memory of the system
  assert.equal(below({ id: 'memory', class: 'memory', children: [bank] }).length, 1);
  assert.deepEqual(
    below(memory('Old system memory'), memory('System memory of the BMC'), { ...memory('System Memory'), handle: 'PCI:0' }),
    [],
  );
});

test('how much there is, where the kernel told lshw and no table did', () => {
  const total = (...nodes: object[]) => lshwTotalBytes(parseLshw(Buffer.from(JSON.stringify(host(...nodes)))));
  const plain = { id: 'memory', class: 'memory', description: 'System memory', size: 8589934592 };
  assert.equal(total({ id: 'cache', class: 'memory', description: 'L1 cache', size: 1 }, plain), 8589934592);
  assert.equal(total({ ...plain, handle: 'DMI:003A' }), undefined);
  assert.equal(total({ ...plain, class: 'bridge' }), undefined);
});
