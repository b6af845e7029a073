import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MatrixDisk } from '../../../../src/lab/matrix/disks/matrix-disks.ts';
import { findOtherTableChanges, judgeStickWrites } from '../../../../src/lab/matrix/findings/stick-writes.ts';
import { findUnreadDisks, findWrittenDisks } from '../../../../src/lab/matrix/findings/written-disks.ts';
import { guardTable, resultTable } from '../../../../src/lab/matrix/result-table.ts';
import { withPartitionMoved } from '../../../../src/platform/machine/partition-table.ts';

const disk = (content: MatrixDisk['content'], bus: MatrixDisk['bus']): MatrixDisk => ({
  ...{ id: content, content, bus, serial: 'MTRX00', sizeBytes: 4096, loss: 'its owner loses it' },
});
const write = (sector: number, sectors: number) => ({ kind: 'write' as const, offsetBytes: sector * 512, sizeBytes: sectors * 512 });
const flush = { kind: 'flush' as const, offsetBytes: 0, sizeBytes: 0 };
const quiet = { disk: disk('blank', 'virtio'), counters: { writes: 0, unmaps: 0, reads: 9 }, requests: [flush], isChanged: false };
const written = {
  ...{ disk: disk('ext4-crashed', 'ahci'), counters: { writes: 6, unmaps: 0, reads: 40 }, isChanged: true },
  requests: [write(8, 1), write(16, 8), flush, write(2, 1), write(2, 1), write(2, 1), write(2, 1)],
};

test('a written disk is named with its sectors, and with what it costs; a flush is no write', () => {
  assert.deepEqual(findWrittenDisks([quiet, written]), [
    'ext4-crashed on ahci: 6 writes and 0 unmaps; sector 8, sectors 16 to 23, sector 2, sector 2, and 2 more; its content is another one (its owner loses it)',
  ]);
});

test('same content, a log without counters, an unmap: each is a finding', () => {
  const found = findWrittenDisks([
    { ...quiet, counters: { writes: 2, unmaps: 0 } },
    { ...quiet, requests: [{ ...write(1, 1), kind: 'discard' }] },
    { ...quiet, isChanged: true },
  ]);
  assert.equal(found.length, 3);
  assert.match(found[0] ?? '', /2 writes and 0 unmaps; its content is the same/);
  assert.match(found[1] ?? '', /unmap of sector 1/);
});

test('a disk that was never read proves nothing', () => {
  assert.deepEqual(findUnreadDisks([quiet]), []);
  assert.match(findUnreadDisks([{ ...quiet, counters: { reads: 0 } }]).join(), /blank on virtio was never read/);
});

test('writes to the stick lie inside its data partition, to the sector', () => {
  const data = { startBytes: 100 * 512, sizeBytes: 10 * 512 };
  assert.deepEqual(judgeStickWrites([write(100, 10), flush], data), { inside: 1, firstSector: 100, lastSector: 109, findings: [] });
  assert.deepEqual(judgeStickWrites([write(99, 2), write(109, 2), write(0, 1)], data).findings, [
    'the stick saw a write outside RECONDATA: sectors 99 to 100',
    'the stick saw a write outside RECONDATA: sectors 109 to 110',
    'the stick saw a write outside RECONDATA: sectors 0 to 0',
  ]);
});

test('a data partition that has grown may be pointed at by one write of the first sector, and the old one is let be from then on', () => {
  const data = { startBytes: 100 * 512, sizeBytes: 10 * 512 };
  const grown = { startBytes: 200 * 512, sizeBytes: 50 * 512 };
  const judged = (...requests: Parameters<typeof judgeStickWrites>[0]): string[] => judgeStickWrites(requests, data, grown).findings;
  assert.deepEqual(judged(write(210, 4), write(0, 1), write(249, 1)), []);
  assert.deepEqual(judged(write(0, 1), write(0, 1)), ['the stick saw a write outside RECONDATA: sectors 0 to 0']);
  assert.deepEqual(judged(write(0, 8)), ['the stick saw a write outside RECONDATA: sectors 0 to 7']);
  assert.deepEqual(judged(write(150, 1)), ['the stick saw a write outside RECONDATA: sectors 150 to 150']);
  assert.deepEqual(judged(write(249, 2)), ['the stick saw a write outside RECONDATA: sectors 249 to 250']);
  assert.deepEqual(judged(write(0, 1), write(105, 1)), ['the stick saw a write to what was RECONDATA before it grew']);
  assert.deepEqual(judgeStickWrites([write(0, 1)], data).findings.length, 1, 'where nothing has grown it is no part of it');
});

test('of the first sector nothing changes but the place of the data partition', () => {
  const before = Buffer.alloc(512, 7);
  const after = withPartitionMoved(before, 3, { startBytes: 512 * 9, sizeBytes: 512 * 5 });
  assert.deepEqual(findOtherTableChanges(before, after, { startBytes: 512 * 9, sizeBytes: 512 * 5 }), []);
  after[440] = 8;
  assert.equal(findOtherTableChanges(before, after, { startBytes: 512 * 9, sizeBytes: 512 * 5 }).length, 1);
});

test('the table has a line for each disk and a column for each boot', () => {
  assert.deepEqual(resultTable({ peer: [quiet, written], master: [quiet] }), [
    'disk          bus     peer                master',
    'blank         virtio  untouched, 9 reads  untouched, 9 reads',
    'ext4-crashed  ahci    WRITTEN, 6 writes   not attached',
  ]);
});

test('the table of guards says what was caught, what holds, and what else was away', () => {
  const one = { name: 'a mount', guard: 'the rule', alone: undefined, findings: ['a', 'b'], missing: [] };
  assert.deepEqual(
    guardTable([one, { ...one, guard: undefined, alone: 'the mask', findings: [] }, { ...one, missing: ['nobody saw it'] }]),
    [
      'without the rule: a mount: caught, 2 findings',
      'with its guards: a mount: holds (away in both: the mask)',
      'without the rule: a mount: NOT AS IT SHOULD BE',
    ],
  );
});
