import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findWritesOutsideData, rangesOutsideData } from '../../../src/lab/checks/stick-only-data-written.ts';
import { putDataFile, takeTarball, wordsInData, writeStick } from '../../../src/lab/stick/stick.ts';
import { temporaryDirectory, writeAtomic } from '../../../src/platform/files/files.ts';
import { createSparseFile, writeAt } from '../../../src/platform/machine/disk-image-file.ts';
import { dataPartitionEntry, parsePartitionTable } from '../../../src/platform/machine/partition-table.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { bootRecord, DATA, LIMIT, MIB, makeImage } from './small-stick.ts';

test('the partition table is read in bytes', () => {
  assert.deepEqual(parsePartitionTable(bootRecord()), [
    { number: 1, type: 0x83, startBytes: 512, sizeBytes: 3 * MIB },
    { number: 3, type: 0x0c, ...DATA },
  ]);
  assert.throws(() => parsePartitionTable(Buffer.alloc(512)), { code: 'not-an-image' });
  assert.throws(() => dataPartitionEntry(bootRecord(0x83)), { code: 'not-an-image' });
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
  await writeAtomic(join(directory.path, `${name}.age`), 'content');
  await runOk(['mcopy', '-i', `${stick.path}@@${DATA.startBytes}`, join(directory.path, `${name}.age`), '::/'], LIMIT);
  await assert.rejects(takeTarball(stick, directory.path), { code: 'lab-failed' }, 'one beside its encrypted form is one too many');
  assert.deepEqual(await findWritesOutsideData(stick, zeroPath), []);
});

test('what can be read on the stick is found, in files and in what was removed', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const stick = await writeStick(await makeImage(directory.path), join(directory.path, 'stick.img'));
  await writeAtomic(join(directory.path, 'one'), 'serial RSYS0001 and RSYS0001 again');
  await writeAtomic(join(directory.path, 'two'), 'serial RSYS0002');
  await putDataFile(stick, join(directory.path, 'one'), 'records/one');
  await putDataFile(stick, join(directory.path, 'two'), 'records/two');
  await runOk(['mdel', '-i', `${stick.path}@@${DATA.startBytes}`, '::/records/two'], LIMIT);
  assert.deepEqual(await wordsInData(stick, ['RSYS0001', 'RSYS0002', 'RSYS0003'], directory.path), ['RSYS0001', 'RSYS0002']);
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
