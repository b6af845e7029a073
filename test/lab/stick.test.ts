import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findDataPartition, parsePartitionTable } from '../../src/lab/partition-table.ts';
import { takeTarball, writeStick } from '../../src/lab/stick.ts';
import { findWritesOutsideData, rangesOutsideData } from '../../src/lab/stick-only-data-written.ts';
import { runOk } from '../../src/platform/command.ts';
import { createSparseFile, writeAt } from '../../src/platform/disk-image-file.ts';
import { temporaryDirectory, writeAtomic } from '../../src/platform/files.ts';

const MIB = 1024 * 1024;
const DATA = { startBytes: 4 * MIB, sizeBytes: 36 * MIB };
const LIMIT = { timeoutMs: 30_000 };

/** A boot record with an ISO partition and RECONDATA. */
function bootRecord(type = 0x0c): Buffer {
  const sector = Buffer.alloc(512);
  const entry = (index: number, partitionType: number, startBytes: number, sizeBytes: number): void => {
    sector[446 + 16 * index + 4] = partitionType;
    sector.writeUInt32LE(startBytes / 512, 446 + 16 * index + 8);
    sector.writeUInt32LE(sizeBytes / 512, 446 + 16 * index + 12);
  };
  entry(0, 0x83, 512, 3 * MIB);
  entry(2, type, DATA.startBytes, DATA.sizeBytes);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** A small image of the same layout as the product's, with a real FAT file system. */
async function makeImage(directory: string): Promise<string> {
  const path = join(directory, 'image.iso');
  await createSparseFile(path, DATA.startBytes + DATA.sizeBytes + MIB);
  await writeAt(path, 0, bootRecord());
  await writeAt(path, 2 * MIB, Buffer.from('the root image'));
  await runOk(
    ['mkfs.vfat', '-F', '32', '-n', 'RECONDATA', '--offset', `${DATA.startBytes / 512}`, path, `${DATA.sizeBytes / 1024}`],
    LIMIT,
  );
  return path;
}

test('the partition table is read in bytes', () => {
  assert.deepEqual(parsePartitionTable(bootRecord()), [
    { number: 1, type: 0x83, startBytes: 512, sizeBytes: 3 * MIB },
    { number: 3, type: 0x0c, ...DATA },
  ]);
  assert.throws(() => parsePartitionTable(Buffer.alloc(512)), { code: 'not-an-image' });
  assert.throws(() => findDataPartition(bootRecord(0x83)), { code: 'not-an-image' });
});

test('all of the stick but the data partition is compared', () => {
  assert.deepEqual(rangesOutsideData({ startBytes: 100, sizeBytes: 50 }, 160, 300), [
    { name: 'before RECONDATA', startBytes: 0, endBytes: 100, expected: 'iso' },
    { name: 'after RECONDATA', startBytes: 150, endBytes: 160, expected: 'iso' },
    { name: 'behind the image', startBytes: 160, endBytes: 300, expected: 'zero' },
  ]);
});

test('the tarball comes back from the stick, and writing it is no finding', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const zeroPath = join(directory.path, 'zero.img');
  await createSparseFile(zeroPath, 128 * MIB);
  const stick = await writeStick(await makeImage(directory.path), join(directory.path, 'stick.img'));
  await assert.rejects(takeTarball(stick, directory.path), { code: 'lab-failed' });
  const name = 'recon-berlin-20261120T120000Z.tar.gz';
  await writeAtomic(join(directory.path, name), 'content');
  await runOk(['mcopy', '-i', `${stick.path}@@${DATA.startBytes}`, join(directory.path, name), `::/${name}`], LIMIT);
  assert.equal(await takeTarball(stick, directory.path), join(directory.path, name));
  assert.deepEqual(await findWritesOutsideData(stick, zeroPath), []);
});

for (const [where, offset] of [
  ['before', 2 * MIB],
  ['after', DATA.startBytes + DATA.sizeBytes],
  ['behind', DATA.startBytes + DATA.sizeBytes + 2 * MIB],
] as const) {
  test(`one byte ${where} the data partition is a finding`, async () => {
    await using directory = await temporaryDirectory('recon-test-');
    const zeroPath = join(directory.path, 'zero.img');
    await createSparseFile(zeroPath, 128 * MIB);
    const stick = await writeStick(await makeImage(directory.path), join(directory.path, 'stick.img'));
    await writeAt(stick.path, offset, Uint8Array.of(1));
    const findings = await findWritesOutsideData(stick, zeroPath);
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', new RegExp(where));
  });
}
