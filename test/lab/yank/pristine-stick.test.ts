import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { seededNumbers } from '../../../src/lab/yank/guest/seeded-numbers.ts';
import { leftovers, makePristineStick, signDisk } from '../../../src/lab/yank/pristine-stick.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readImageHead } from '../../../src/platform/machine/disk-image-file.ts';
import { parsePartitionTable } from '../../../src/platform/machine/partition-table.ts';
import { run } from '../../../src/platform/process/command.ts';

test('the stick is a clean FAT32 file system, and what lies between its files is not zero', async () => {
  await using directory = await temporaryDirectory('recon-yank-');
  const path = join(directory.path, 'stick.img');
  await makePristineStick(path, 'a', directory.path);
  const check = await run(['fsck.vfat', '-n', join(directory.path, 'partition.img')], { timeoutMs: 60_000 });
  assert.equal(check.status, 'ok', check.stdout.toString());
  await signDisk(path, 0x1234);
  const head = await readImageHead(path, 40 * 1024 * 1024);
  assert.equal(head.readUInt32LE(440), 0x1234);
  assert.deepEqual(parsePartitionTable(head.subarray(0, 512)), [
    { number: 1, type: 0x0c, startBytes: 1024 * 1024, sizeBytes: 64 * 1024 * 1024 },
  ]);
  assert.ok(head.subarray(-4096).some((byte) => byte !== 0));
});

test('half of the leftovers are directories', () => {
  const bytes = leftovers(seededNumbers('a'), 512 * 200);
  const directories = Array.from({ length: 200 }, (_, index) => bytes.subarray(index * 512, index * 512 + 512)).filter(
    (sector) => [0x10, 0x20].includes(sector[11] ?? 0) && /^(RECORD~[1-9]JSO|\d{4} {7})$/.test(sector.subarray(0, 11).toString('latin1')),
  );
  assert.ok(directories.length > 70 && directories.length < 130, String(directories.length));
});
