import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mbrSignature, parsePartitionTable, withPartitionMoved } from '../../../../src/platform/machine/partition-table.ts';
import { planGrowth, type StickFacts } from '../../../../src/service/stick/grow/plan-growth.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const PART_UUID = '5ec0de01-03';

type Entry = readonly [type: number, startBytes: number, sizeBytes: number];
/** As the builder makes it: the ISO, its EFI partition inside of that, and RECONDATA. */
const ISO: readonly Entry[] = [
  [0x17, 64 * 512, 300 * MIB],
  [0xef, 2 * MIB, 20 * MIB],
  [0x0c, 301 * MIB, 256 * MIB],
];

function head(entries: readonly (Entry | undefined)[]): Buffer {
  const bytes = Buffer.alloc(1024, 0x5a);
  bytes.fill(0, 446, 510);
  bytes.writeUInt32LE(0x5ec0de01, 440);
  for (const [index, entry] of entries.entries()) {
    const [type, start, size] = entry ?? [0, 0, 0];
    bytes[446 + 16 * index + 4] = type;
    bytes.writeUInt32LE(start / 512, 446 + 16 * index + 8);
    bytes.writeUInt32LE(size / 512, 446 + 16 * index + 12);
  }
  bytes.writeUInt16LE(0xaa55, 510);
  return bytes;
}

const STICK: StickFacts = { head: head(ISO), sizeBytes: 32e9, blockBytes: 512, partUuid: PART_UUID, usedBytes: MIB };

test('it gets what is behind it, in whole MiB', () => {
  const plan = planGrowth(STICK);
  assert.equal(plan.outcome, 'grow');
  if (plan.outcome !== 'grow') return;
  assert.equal(plan.number, 3);
  assert.deepEqual(plan.to, { startBytes: 557 * MIB, sizeBytes: Math.floor(32e9 / MIB - 557) * MIB });
});

test('a stick of 4 TB gets what FAT32 and its table are good for', () => {
  const plan = planGrowth({ ...STICK, sizeBytes: 4e12 });
  assert.equal(plan.outcome === 'grow' && plan.to.sizeBytes, 256 * GIB);
});

const withGpt = head(ISO);
withGpt.write('EFI PART', 512, 'latin1');

for (const [title, change, reason] of [
  ['blocks of 4096 bytes', { blockBytes: 4096 }, /blocks have 4096 bytes/],
  ['a GPT beside the table', { head: withGpt }, /GPT/],
  ['a protective entry', { head: head([...ISO, [0xee, 512, 512]]) }, /GPT/],
  ['another disk: its number is not that of the boot menu', { partUuid: '5ec0de02-03' }, /not that of the boot menu/],
  ['a partition that is not there', { partUuid: '5ec0de01-04' }, /not that of the boot menu/],
  ['a partition of somebody behind it', { head: head([...ISO, [0x83, 600 * MIB, GIB]]) }, /not the last partition/],
  ['a partition that reaches into it', { head: head([...ISO, [0x83, 302 * MIB, MIB]]) }, /not the last partition/],
  ['a stick that is hardly larger', { sizeBytes: 800 * MIB }, /hardly larger/],
  ['a size that cannot be read', { sizeBytes: Number.NaN }, /hardly larger/],
  ['a stick full of images', { usedBytes: 2 * GIB }, /holds 2.1 GB already/],
] as const)
  test(`it stays: ${title}`, () => {
    const plan = planGrowth({ ...STICK, ...change });
    assert.equal(plan.outcome, 'leave');
    assert.match(plan.outcome === 'leave' ? plan.reason : '', reason);
  });

test('a moved partition changes its own entry and nothing else', () => {
  const before = STICK.head.subarray(0, 512);
  const after = withPartitionMoved(before, 3, { startBytes: 557 * MIB, sizeBytes: 20 * GIB });
  assert.deepEqual(parsePartitionTable(after)[2], { number: 3, type: 0x0c, startBytes: 557 * MIB, sizeBytes: 20 * GIB });
  const changed = [...after].flatMap((byte, at) => (byte === before[at] ? [] : [at]));
  assert.ok(
    changed.every((at) => at > 446 + 2 * 16 && at < 446 + 3 * 16 && at !== 446 + 2 * 16 + 4),
    String(changed),
  );
  assert.equal(mbrSignature(after), '5ec0de01');
});
