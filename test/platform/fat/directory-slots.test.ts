import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDirectorySlots } from '../../../src/platform/fat/directory-slots.ts';

/** A slot of an entry with a short name. */
function short(name: string, { attributes = 0x20, cluster = 5, size = 10, lower = 0 } = {}): Buffer {
  const slot = Buffer.alloc(32);
  slot.write(name.padEnd(11), 0, 'latin1');
  slot.writeUInt8(attributes, 11);
  slot.writeUInt8(lower, 12);
  slot.writeUInt16LE(cluster >>> 16, 20);
  slot.writeUInt16LE(cluster & 0xffff, 26);
  slot.writeUInt32LE(size, 28);
  return slot;
}

function checksum(name: string): number {
  return Buffer.from(name.padEnd(11), 'latin1').reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0);
}

/** A long name, and the short one that it belongs to. */
function long(name: string, shortName: string): Buffer[] {
  const padded = name.length % 13 === 0 ? name : `${name}\0`.padEnd(Math.ceil((name.length + 1) / 13) * 13, '\uffff');
  const parts = padded.match(/[\s\S]{13}/g) ?? [];
  const slots = parts.map((part, index) => {
    const slot = Buffer.alloc(32);
    const characters = Buffer.from(part, 'utf16le');
    slot.writeUInt8((index + 1) | (index === parts.length - 1 ? 0x40 : 0), 0);
    characters.copy(slot, 1, 0, 10);
    slot.writeUInt8(0x0f, 11);
    slot.writeUInt8(checksum(shortName), 13);
    characters.copy(slot, 14, 10, 22);
    characters.copy(slot, 28, 22, 26);
    return slot;
  });
  return [...slots.reverse(), short(shortName)];
}

const read = (...slots: readonly Buffer[]) => readDirectorySlots(Buffer.concat(slots));
const EMPTY = Buffer.alloc(32);

test('names, long and short, sizes and clusters', () => {
  const { entries, holes, strays } = read(
    short('.', { attributes: 0x10 }),
    short('0001', { attributes: 0x10, cluster: 0x12345, size: 0 }),
    ...long('capture.jsonl.gz', 'CAPTUR~1GZ'),
    ...long('thirteen.json', 'THIRTE~1JSO'),
    short('README  TXT', { lower: 0x18 }),
    short('RECONDATA', { attributes: 0x08, cluster: 0, size: 0 }),
    EMPTY,
    EMPTY,
  );
  assert.deepEqual(
    entries.map(({ name, isDirectory, cluster, sizeBytes, slots }) => [name, isDirectory, cluster, sizeBytes, slots]),
    [
      ['.', true, 5, 10, [0]],
      ['0001', true, 0x12345, 0, [1]],
      ['capture.jsonl.gz', false, 5, 10, [2, 3, 4]],
      ['thirteen.json', false, 5, 10, [5, 6]],
      ['readme.txt', false, 5, 10, [7]],
    ],
  );
  assert.deepEqual([holes, strays], [[], []]);
});

test('what was removed is no entry, and parts of a long name that fit nothing are strays', () => {
  const [first, second] = long('capture.jsonl.gz', 'CAPTUR~1GZ');
  assert.ok(first !== undefined && second !== undefined);
  const removed = short('REMOVED');
  removed.writeUInt8(0xe5, 0);
  assert.deepEqual(read(first, second, removed), { entries: [], holes: [], strays: [0, 1] });
  const { entries, strays } = read(second, short('CAPTUR~1GZ'), first, second, short('OTHER'));
  assert.deepEqual(
    [entries.map(({ name }) => name), strays],
    [
      ['CAPTUR~1.GZ', 'OTHER'],
      [0, 2, 3],
    ],
  );
});

test('a long name belongs to the entry right behind it, and to no other', () => {
  const [first, second, own] = long('capture.jsonl.gz', 'CAPTUR~1GZ');
  assert.ok(first !== undefined && second !== undefined && own !== undefined);
  const seen = (...slots: readonly Buffer[]) => {
    const { entries, strays } = read(...slots);
    return { entries: entries.map((entry) => [entry.name, ...entry.slots]), strays };
  };
  assert.deepEqual(seen(first, second, EMPTY, EMPTY, own), { entries: [['CAPTUR~1.GZ', 4]], strays: [0, 1] });
  assert.deepEqual(seen(first, first, second, own), { entries: [['capture.jsonl.gz', 1, 2, 3]], strays: [0] });
  assert.deepEqual(seen(short('A'), first, second), { entries: [['A', 0]], strays: [1, 2] });
});

test('names as odd systems write them', () => {
  const name = (...slots: readonly Buffer[]): string | undefined => read(...slots).entries[0]?.name;
  assert.equal(name(...long('photo.jpeg\uffff\uffff\uffff', 'PHOTO~1 JPG')), 'photo.jpeg', 'without a zero behind the name');
  assert.equal(name(short('\u0005BC     TXT')), '\u00e5BC.TXT', 'a letter that would mean that the slot is free');
  assert.equal(name(short('README  TXT', { lower: 0x08 })), 'readme.TXT');
  assert.equal(name(short('README  TXT', { lower: 0x10 })), 'README.txt');
  assert.equal(name(short('README  TXT', { lower: 0x01 })), 'README.TXT', 'the other bits say nothing about letters');
});

test('a file that may only be read is a file like others', () => {
  const { entries } = read(short('RO', { attributes: 0x21 }));
  assert.deepEqual(
    entries.map(({ name, isDirectory, isSound }) => [name, isDirectory, isSound]),
    [['RO', false, true]],
  );
});

test('slots that were never used hide what stands behind them', () => {
  const { entries, holes } = read(short('A'), EMPTY, EMPTY, ...long('record.json', 'RECORD~1JSO'), EMPTY);
  assert.deepEqual(holes, [1, 2]);
  assert.deepEqual(read(short('A'), EMPTY, short('B'), EMPTY, short('C')).holes, [1, 3], 'in their order');
  assert.deepEqual(
    entries.map(({ name, slots }) => [name, slots]),
    [
      ['A', [0]],
      ['record.json', [3, 4]],
    ],
  );
});

test('what no system writes is not sound', () => {
  const soundness = (slot: Buffer): boolean | undefined => read(slot).entries[0]?.isSound;
  for (const name of ['.', '..', 'RECORD~1JSO', '0001', 'A B', '\u0005BC', '\u00e4BC']) assert.equal(soundness(short(name)), true, name);
  for (const name of [' A', 'a.b', '{"recordSha', 'A\u0001', 'A/B']) assert.equal(soundness(short(name)), false, name);
  assert.equal(soundness(short('A', { attributes: 0xa0 })), false);
});

test("a volume's label stays; what only looks like one is a stray", () => {
  const label = short('RECONDATA', { attributes: 0x08, cluster: 0, size: 0 });
  const archived = short('RECONDATA', { attributes: 0x28, cluster: 0, size: 0 });
  assert.deepEqual(read(label, archived), { entries: [], holes: [], strays: [] });
  for (const odd of [
    { attributes: 0x5c },
    { attributes: 0x08, cluster: 0 },
    { attributes: 0x08, size: 0 },
    { attributes: 0x18, cluster: 0, size: 0 },
    { attributes: 0x09, cluster: 0, size: 0 },
  ])
    assert.deepEqual(read(short('2V+%V', odd)), { entries: [], holes: [], strays: [0] }, JSON.stringify(odd));
  const [orphan] = long('part', 'PART');
  assert.ok(orphan !== undefined);
  assert.deepEqual(read(orphan, short('2V+%V', { attributes: 0x5c })).strays, [0, 1], 'in their order');
});
