import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import test from 'node:test';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { captureFromFiles } from '../../../src/inventory/capture-from-files.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { type DmiRecord, parseDmidecode } from '../../../src/inventory/smbios/dmidecode-text.ts';
import { readSmbiosDump, readSmbiosTable } from '../../../src/inventory/smbios/table.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { dataOf, dmiText, fixtureCapture } from '../capture-fixture.ts';
import { countIn, recording, recordings } from '../recordings/recording-files.ts';
import { doubleWord, smbiosDump, smbiosEntryPoint, smbiosTable, type TableStructure, word } from './smbios-fixture.ts';

/** Tables of real machines, each with what dmidecode 3.4 prints of it. */
function recordedTables(): { name: string; dump: Buffer; text: string }[] {
  const dumps = recordings('u-root-smbios/').filter((path) => path.endsWith('.bin'));
  return dumps.map((path) => {
    const name = basename(path, '.bin');
    return { name, dump: recording(path), text: recording(`derived/dmidecode-3.4-from-dump/${name}.txt`).toString('utf8') };
  });
}

/** Every field that was decoded is what dmidecode prints, and both know the same structures. */
function assertSameWords(decoded: readonly DmiRecord[], printed: readonly DmiRecord[], name: string): void {
  assert.deepEqual(
    decoded.map(({ handle, type }) => [handle, type]),
    printed.map(({ handle, type }) => [handle, type]),
    name,
  );
  for (const [at, { type, handle, title, fields }] of decoded.entries()) {
    if (title === '') continue;
    assert.equal(title, printed[at]?.title);
    for (const [key, value] of fields) assert.equal(value, printed[at]?.fields.get(key), `${name} ${handle} type ${type}: ${key}`);
  }
}

const sectionsOf = (capture: Parameters<typeof normalise>[0]) => {
  const { sections } = NodeRecord.parse(normalise(capture));
  return Object.fromEntries(
    (['system', 'board', 'firmware', 'cpu', 'memory', 'tpm', 'powerSupplies', 'fans', 'slots'] as const).map((name) => {
      const { durationMs: _, ...rest } = sections[name] as { durationMs?: number };
      return [name, rest];
    }),
  );
};

test('binary tables of real machines: the record is that of the text', () => {
  const tables = recordedTables();
  assert.ok(tables.length >= countIn({ repository: 2, fullSet: 3 }));
  for (const { name, dump, text } of tables) {
    const fromText = sectionsOf(fixtureCapture({ outputs: { dmidecode: text } }));
    assert.equal((fromText['memory'] as { status: string }).status, 'ok');
    const index = Buffer.from(JSON.stringify({ captureVersion: 1, commands: [] }));
    const asDump = captureFromFiles(
      new Map([
        ['capture.json', index],
        ['raw/dmidecode.bin', dump],
      ]),
    );
    assert.deepEqual(sectionsOf(asDump), fromText, name);
    const files = {
      'sys/firmware/dmi/tables/DMI': dump.subarray(32),
      'sys/firmware/dmi/tables/smbios_entry_point': dump.subarray(0, dump[6] === 24 ? 24 : 31),
    };
    assert.deepEqual(sectionsOf(fixtureCapture({ files })), fromText, `${name}, the copies of the kernel`);
  }
});

test('binary tables of real machines: every field in the words of dmidecode', () => {
  for (const { name, dump, text } of recordedTables()) assertSameWords(readSmbiosDump(dump), parseDmidecode(text), name);
});

/** Every value that a byte can have, at the places where a word stands for it. */
const ENUMERATED: TableStructure[] = [
  [2, 0x0d, 0x0f],
  [3, 0x05, 0x15],
  [4, 0x05, 0x30],
  [4, 0x18, 0x30],
  [4, 0x23, 0x30],
  [9, 0x05, 0x11],
  [9, 0x06, 0x11],
  [9, 0x07, 0x11],
  [9, 0x08, 0x11],
  [9, 0x10, 0x11],
  [16, 0x05, 0x17],
  [16, 0x06, 0x17],
  [17, 0x0e, 0x5c],
  [17, 0x12, 0x5c],
  [17, 0x1b, 0x5c],
  [17, 0x28, 0x5c],
  [27, 0x06, 0x0f],
  [39, 0x0e, 0x16],
  [39, 0x0f, 0x16],
  [43, 0x08, 0x1f],
  [3, 0x11, 0x15],
].flatMap(([type = 0, offset = 0, lengthBytes = 0], row) =>
  Array.from({ length: 256 }, (_, value): TableStructure => {
    const size: Record<number, number[]> = type === 17 ? { 12: word(8192) } : type === 39 && offset === 0x0f ? { 14: [2] } : {};
    return { type, handle: row * 0x100 + value, lengthBytes, at: { ...size, 4: [1], [offset]: [value] }, strings: [`place ${offset}`] };
  }),
);

test('every number that has a word: the one that dmidecode has for it', async (context) => {
  await using work = await temporaryDirectory('recon-smbios-');
  // HBM3 came after version 3.4 of dmidecode
  const known = ENUMERATED.filter(({ type, at }) => !(type === 17 && at[0x12]?.[0] === 0x24));
  const dump = smbiosDump(smbiosTable(...known));
  await writeFile(join(work.path, 'table.bin'), dump);
  const printed = await runOk(['dmidecode', '--from-dump', join(work.path, 'table.bin')], { timeoutMs: 30_000 }).catch(() => undefined);
  if (printed === undefined) {
    context.skip('there is no dmidecode on this machine');
    return;
  }
  assertSameWords(readSmbiosDump(dump), parseDmidecode(printed), 'all values');
});

for (const [what, byte, lengthBytes, height] of [
  ['two', 2, 0x15, 2],
  ['forty-two', 42, 0x15, 42],
  ['zero, which is not told', 0, 0x15, undefined],
  ['behind the end of an old structure', 2, 0x11, undefined],
] as const) {
  test(`height of the chassis in a table, in rack units: ${what}`, () => {
    const chassis: TableStructure = { type: 3, handle: 3, lengthBytes, at: { 4: [1, 0x17], 17: [byte] }, strings: ['Example'] };
    const { system } = normalise(fixtureCapture({ outputs: { dmidecode: smbiosDump(smbiosTable(chassis)) } })).sections;
    assert.deepEqual(dataOf(system).chassis, {
      type: 'Rack Mount Chassis',
      vendor: 'Example',
      ...(height === undefined ? {} : { heightRackUnits: height }),
    });
  });
}

const supply: TableStructure = {
  type: 39,
  handle: 0x30,
  lengthBytes: 0x16,
  at: { 4: [1, 1, 2, 3, 4, 0, 5, 6], 12: word(800), 14: word((3 << 7) | 0b011) },
  strings: ['PSU 1', 'Example PSU', 'Example', 'PSU-S1', 'P-800', 'A0 '],
};
const module: TableStructure = {
  type: 17,
  handle: 0x1100,
  lengthBytes: 0x5c,
  at: {
    8: [...word(80), ...word(64), ...word(0x7fff), 9],
    16: [1, 2, 0x22],
    21: [...word(0xffff), 3, 4, 5, 6, 2],
    28: doubleWord(3 * 1024 * 1024),
    32: word(5600),
    40: [7],
    52: [...doubleWord(0), ...doubleWord(512)],
    84: doubleWord(70_000),
  },
  strings: ['DIMM A1', 'NODE 1', 'Samsung', '0123ABCD', 'tag', 'M321R8GA0BB0-CQKZJ '],
};
const machine = smbiosTable(
  {
    type: 1,
    handle: 1,
    lengthBytes: 0x1b,
    at: { 4: [1, 2, 0, 3], 8: Array.from({ length: 16 }, (_, at) => at) },
    strings: ['HPE', 'P 1', 'S1'],
  },
  { type: 3, handle: 2, lengthBytes: 0x1c, at: { 4: [1, 0x80 | 0x1c, 0, 2], 19: [2, 3], 27: [3] }, strings: ['HPE', 'CH1', 'SKU 1'] },
  {
    type: 4,
    handle: 4,
    lengthBytes: 0x30,
    at: { 4: [1, 3], 16: [2], 22: [...word(2400), 0x41], 35: [255, 255, 255], 42: [...word(300), ...word(299), ...word(600)] },
    strings: ['CPU1', 'Model X'],
  },
  { type: 9, handle: 9, lengthBytes: 0x11, at: { 4: [1, 0xb6, 13, 4, 4], 13: [...word(1), 0x3b, 0x09] }, strings: ['Slot 3'] },
  {
    type: 16,
    handle: 0x10,
    lengthBytes: 0x17,
    at: { 4: [3, 3, 6], 7: doubleWord(0x8000_0000), 15: [...doubleWord(0), ...doubleWord(0x600)] },
  },
  module,
  { ...module, handle: 0x1101, at: { 16: [1, 2] } },
  { type: 27, handle: 0x27, lengthBytes: 0x0f, at: { 6: [(3 << 5) | 3], 12: [...word(9000), 1] }, strings: ['Fan 1'] },
  supply,
  {
    type: 43,
    handle: 0x43,
    lengthBytes: 0x1f,
    at: { 4: [...Buffer.from('IFX\0'), 2, 0], 10: doubleWord(0x0007_0055), 18: [1] },
    strings: ['TPM'],
  },
  { type: 204, handle: 0xcc, lengthBytes: 0x0b, at: { 4: [1, 2, 3, 4, 16, 2, 5] }, strings: ['R1', 'E1', 'c7000', '7', 'ENC-S1'] },
);

test('what no recording has: large modules, persistent memory, power supply, fan, TPM, blade', () => {
  const sections = normalise(fixtureCapture({ outputs: { dmidecode: smbiosDump(machine) } })).sections;
  const memory = dataOf(sections.memory);
  assert.equal(memory.maximumBytes, 6 * 1024 ** 4);
  assert.equal(memory.ecc, 'Multi-bit ECC');
  assert.deepEqual(memory.dimms, [
    {
      handle: '0x1100',
      locator: 'DIMM A1',
      bankLocator: 'NODE 1',
      populated: true,
      sizeBytes: 3 * 1024 ** 4,
      type: 'DDR5',
      formFactor: 'DIMM',
      technology: 'Intel Optane DC persistent memory',
      ratedSpeedMtps: 70_000,
      configuredSpeedMtps: 5600,
      manufacturer: 'Samsung',
      partNumber: 'M321R8GA0BB0-CQKZJ',
      serial: '0123ABCD',
      assetTag: 'tag',
      rank: 2,
      totalWidthBits: 80,
      dataWidthBits: 64,
      ecc: true,
      nonVolatileBytes: 2 * 1024 ** 4,
    },
    { handle: '0x1101', locator: 'DIMM A1', bankLocator: 'NODE 1', populated: false },
  ]);
  assert.deepEqual(dataOf(sections.system), {
    vendor: 'HPE',
    product: 'P 1',
    serial: 'S1',
    uuid: '03020100-0504-0706-0809-0a0b0c0d0e0f',
    chassis: { type: 'Blade', vendor: 'HPE', serial: 'CH1', sku: 'SKU 1' },
    enclosure: { model: 'c7000', name: 'E1', serial: 'ENC-S1', bay: '7' },
  });
  assert.deepEqual(dataOf(sections.cpu).socketList, [
    { designation: 'CPU1', populated: true, model: 'Model X', cores: 300, coresEnabled: 299, threads: 600, currentMhz: 2400 },
  ]);
  assert.deepEqual(dataOf(sections.slots ?? { status: 'absent' }), [
    { designation: 'Slot 3', type: 'x16 PCI Express 3 x16', used: true, length: 'Long', busAddress: '0001:3b:01.1' },
  ]);
  assert.deepEqual(dataOf(sections.powerSupplies ?? { status: 'absent' }), [
    {
      location: 'PSU 1',
      name: 'Example PSU',
      manufacturer: 'Example',
      serial: 'PSU-S1',
      model: 'P-800',
      revision: 'A0',
      maxWatts: 800,
      present: true,
      status: 'OK',
      plugged: true,
      hotReplaceable: true,
    },
  ]);
  assert.deepEqual(dataOf(sections.fans ?? { status: 'absent' }), [{ description: 'Fan 1', type: 'Fan', status: 'OK', nominalRpm: 9000 }]);
  assert.deepEqual(dataOf(sections.tpm ?? { status: 'absent' }), { version: '2.0', vendor: 'IFX', description: 'TPM', firmware: '7.85' });
});

test('the order of the UUID: by the version, and without a version there is none', () => {
  const uuid = (records: DmiRecord[]) => records.find(({ type }) => type === 1)?.fields.get('UUID');
  assert.equal(uuid(readSmbiosDump(smbiosDump(machine, [2, 6]))), '03020100-0504-0706-0809-0a0b0c0d0e0f');
  assert.equal(uuid(readSmbiosDump(smbiosDump(machine, [2, 4]))), '00010203-0405-0607-0809-0a0b0c0d0e0f');
  assert.equal(uuid(readSmbiosTable(machine, smbiosEntryPoint(machine.length))), '03020100-0504-0706-0809-0a0b0c0d0e0f');
  assert.equal(uuid(readSmbiosTable(machine, undefined)), undefined);
});

test('a table that was cut off anywhere gives its whole structures, as they are', () => {
  const whole = readSmbiosTable(machine, undefined);
  let longest = 0;
  for (let bytes = 0; bytes < machine.length; bytes++) {
    const part = readSmbiosTable(machine.subarray(0, bytes), undefined);
    assert.deepEqual(part, whole.slice(0, part.length));
    assert.ok(part.length >= longest);
    longest = part.length;
  }
  assert.equal(longest, whole.length - 1);
  const dump = smbiosDump(machine);
  for (let bytes = 0; bytes < 40; bytes++) assert.deepEqual(readSmbiosDump(dump.subarray(0, bytes)), []);
});

test('a damaged table has no more structures than its bytes can hold, and its record is valid', () => {
  const dump = smbiosDump(machine);
  for (let at = 32; at < dump.length; at++) {
    for (const value of [0x00, 0x01, 0x03, 0x7f, 0xff]) {
      const damaged = Buffer.from(dump);
      damaged[at] = value;
      const records = readSmbiosDump(damaged);
      assert.ok(records.length <= machine.length / 6);
      if (at % 16 === 0) NodeRecord.parse(normalise(fixtureCapture({ outputs: { dmidecode: damaged } })));
    }
  }
  assert.deepEqual(readSmbiosTable(Buffer.alloc(5000), undefined), []);
  assert.deepEqual(readSmbiosTable(Buffer.alloc(5000, 0xff), undefined), []);
});

test('an entry point whose checksum does not come out, or that leads out of the file, gives nothing', () => {
  const wrong = smbiosDump(machine);
  wrong[12] = (wrong[12] ?? 0) + 1;
  assert.deepEqual(readSmbiosDump(wrong), []);
  assert.deepEqual(readSmbiosDump(Buffer.concat([smbiosEntryPoint(machine.length, [3, 5], 0x9000_0000), machine])), []);
});

test('a structure that is shorter than its type has no fields; strings that are not there have no words', () => {
  const [system, board] = readSmbiosTable(
    smbiosTable(
      { type: 1, handle: 1, lengthBytes: 6, at: { 4: [1, 1] }, strings: ['Example'] },
      { type: 2, handle: 2, lengthBytes: 8, at: { 4: [1, 2, 0, 9] }, strings: ['Ex\x01\xe9mple'] },
    ),
    undefined,
  );
  assert.equal(system?.fields.size, 0);
  assert.deepEqual(Object.fromEntries(board?.fields ?? []), {
    Manufacturer: 'Ex..mple',
    'Product Name': '<BAD INDEX>',
    Version: 'Not Specified',
    'Serial Number': '<BAD INDEX>',
  });
});

test('a table that stands there twice is read once', () => {
  const body = machine.subarray(0, -6);
  assert.equal(readSmbiosTable(Buffer.concat([body, machine]), undefined).length, readSmbiosTable(machine, undefined).length);
});

const systemText = (product: string) => dmiText([1, 'System Information', { 'Product Name': product }]);
const productOf = (capture: Parameters<typeof normalise>[0]) => {
  const { system } = normalise(capture).sections;
  return system.status === 'ok' ? system.data.product : system.status;
};

test('the text goes before the table, unless dmidecode did not end well', () => {
  const files = { 'sys/firmware/dmi/tables/DMI': machine };
  const ended = (status: 'ok' | 'failed' | 'timeout' | 'absent') => [{ id: 'dmidecode', argv: ['dmidecode'], status, durationMs: 1 }];
  const outputs = { dmidecode: systemText('from text') };
  assert.equal(productOf(fixtureCapture({ files, outputs })), 'from text');
  assert.equal(productOf(fixtureCapture({ files, outputs, commands: ended('timeout') })), 'P 1');
  assert.equal(productOf(fixtureCapture({ outputs, commands: ended('failed') })), 'from text');
  assert.equal(productOf(fixtureCapture({ files, commands: ended('absent') })), 'P 1');
  assert.equal(
    productOf(fixtureCapture({ files: { 'sys/firmware/dmi/tables/DMI': Buffer.alloc(9) }, commands: ended('absent') })),
    'absent',
  );
});

test('slices of dmidecode, in one file or in several, are one table', () => {
  const memory = dmiText([17, 'Memory Device', { Size: '16 GB', Locator: 'A1' }]).replace('0x0000', '0x0011');
  const apart = fixtureCapture({ outputs: { 'dmidecode-system': systemText('sliced'), 'dmidecode-memory': memory } });
  const together = fixtureCapture({ outputs: { dmidecode: systemText('sliced') + memory } });
  for (const capture of [apart, together]) {
    assert.equal(productOf(capture), 'sliced');
    assert.equal(dataOf(normalise(capture).sections.memory).dimms.length, 1);
  }
});
