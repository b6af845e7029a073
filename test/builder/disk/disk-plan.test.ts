import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neededBytes, planDisk } from '../../../src/builder/disk/disk-plan.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

test('the data partition begins where it did, and takes the rest of the disk, up to 64 GiB', () => {
  const table = firstSector([64, 600_000], [600_064, 40_960], [641_024, 524_288]);
  const startBytes = 641_024 * 512;
  for (const [diskBytes, sizeBytes] of [
    [startBytes + 65 * MIB, 64 * MIB],
    [startBytes + 65 * MIB - 1, undefined],
    [startBytes + 66 * MIB + 513, 65 * MIB],
    [32_000_000_000, Math.floor((32_000_000_000 - MIB - startBytes) / MIB) * MIB],
    [4_000_787_030_016, 64 * GIB],
    [0, undefined],
  ] as const) {
    const plan = planDisk(table, diskBytes);
    assert.deepEqual(
      plan,
      sizeBytes === undefined ? undefined : { bodyBytes: startBytes, data: { startBytes, sizeBytes } },
      `${diskBytes}`,
    );
  }
  assert.equal(neededBytes(table), startBytes + 65 * MIB);
});

test('what is no image of ours has no plan: no table, no third partition, or one that begins inside the second', () => {
  for (const sector of [
    Buffer.alloc(512),
    Buffer.alloc(100),
    firstSector([64, 600_000]),
    firstSector([64, 600_000], [600_064, 40_960], [600_100, 524_288]),
    firstSector([64, 100], [164, 100], [264, 524_288]),
  ]) {
    assert.equal(neededBytes(sector), undefined);
    assert.equal(planDisk(sector, 32_000_000_000), undefined);
  }
});

function firstSector(...partitions: readonly (readonly [start: number, count: number])[]): Buffer {
  const sector = Buffer.alloc(512);
  for (const [index, [start, count]] of partitions.entries()) {
    sector.writeUInt32LE(start, 446 + 16 * index + 8);
    sector.writeUInt32LE(count, 446 + 16 * index + 12);
  }
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}
