import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { copyFat, fatLines, isSoundFat, usedBytes } from '../../../src/platform/fat/copy-fat.ts';
import { fatLayout } from '../../../src/platform/fat/fat-layout.ts';
import { openFatVolume } from '../../../src/platform/fat/fat-volume.ts';
import { newFat } from '../../../src/platform/fat/new-fat.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { faultsOf, makeFatImage, pathsIn, withVolume } from './fat-image.ts';

const MIB = 1024 * 1024;
const START = 3 * MIB;

/** Copies the file system of `from` to 3 MiB behind the start of `to`, full of what an earlier owner left, and gives a file that holds the copy alone. */
async function copied(from: string, to: string, sizeBytes: number): Promise<string> {
  await createSparseFile(to, START + sizeBytes);
  await using source = await openRawImage(from, 'read');
  await using image = await openRawImage(to, 'read-write');
  for (const at of [START, START + MIB, START + 5 * MIB, START + 9 * MIB]) await image.write(at, randomBytes(MIB));
  const volume = await openFatVolume(source);
  const fat = newFat(sizeBytes / 512);
  assert.ok(volume !== undefined && fat !== undefined);
  await copyFat({ volume, firstSector: await source.read(0, 512) }, { image, startBytes: START, fat, volumeId: 0xcafe1234 });
  const again = await openFatVolume(image, START);
  assert.ok(again !== undefined);
  assert.deepEqual(await fatLines(again), await fatLines(volume));
  const alone = `${to}.alone`;
  await runOk(['dd', `if=${to}`, `of=${alone}`, 'bs=1M', `skip=${START / MIB}`, 'conv=sparse', 'status=none'], { timeoutMs: 60_000 });
  return alone;
}

test('a copy in larger clusters is whole to fsck.vfat and mtools, and has every name, date and byte', async () => {
  await using directory = await temporaryDirectory('recon-copy-');
  const at = (name: string): string => join(directory.path, name);
  const large = randomBytes(3 * MIB + 17);
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`many/a long name number ${index}.txt`, `${index}`]));
  const files = {
    'recon.yaml': 'site: x\r\n',
    empty: '',
    'System Volume Information/IndexerVolumeGuid': '{0}',
    'a/b/c/d.bin': large,
    'tools/storcli64': randomBytes(4096),
    ...many,
  };
  await makeFatImage(at('old.img'), files);
  const before = await pathsIn(at('old.img'));
  const copy = await copied(at('old.img'), at('new.img'), 700 * MIB);
  assert.deepEqual(await faultsOf(copy), []);
  assert.deepEqual(await pathsIn(copy), before);
  const told = await runOk(['mtype', '-i', copy, '::/many/a long name number 7.txt'], { timeoutMs: 60_000 });
  assert.equal(told, '7');
  assert.match(await runOk(['mlabel', '-s', '-i', copy], { timeoutMs: 60_000 }), /RECONDATA/);
  assert.match(await runOk(['blkid', '-p', copy], { timeoutMs: 60_000 }), /LABEL="RECONDATA" UUID="CAFE-1234".*TYPE="vfat"/);
  const clusterBytes = await withVolume(copy, async (volume) => {
    assert.equal(await isSoundFat(volume), true);
    return usedBytes(volume, 4096);
  });
  assert.ok(clusterBytes > large.length && clusterBytes < large.length + 2 * MIB);
  // new files go where they belong, and harm none of the others
  await runOk(['mcopy', '-i', copy, at('old.img'), '::/more.bin'], { timeoutMs: 60_000, environment: { MTOOLS_SKIP_CHECK: '1' } });
  assert.deepEqual(await faultsOf(copy), []);
});

test('sizes have the clusters of mkfs.vfat, and its number of them is FAT32 to everybody', () => {
  for (const [gib, sectorsPerCluster] of [
    [1, 8],
    [8, 8],
    [14.5, 16],
    [29.8, 32],
    [58, 64],
    [256, 64],
  ] as const) {
    const fat = newFat(Math.floor(gib * 2 * 1024 * 1024));
    assert.equal(fat?.sectorsPerCluster, sectorsPerCluster, `${gib} GiB`);
    assert.ok(fat.reservedSectors <= 65_535 && fat.reservedSectors >= 32);
    assert.ok(fat.tableSectors * 128 >= fat.clusters + 2, 'the table has an entry for each cluster');
    assert.ok(fat.reservedSectors + 2 * fat.tableSectors + fat.clusters * fat.sectorsPerCluster <= fat.sectors);
  }
  assert.ok((newFat(100 * 2048)?.clusters ?? 0) > 65_525, 'small ones have smaller clusters');
  assert.equal(newFat(30 * 2048), undefined);
});

test('what is damaged is not sound', async () => {
  await using directory = await temporaryDirectory('recon-copy-');
  const path = join(directory.path, 'fat.img');
  await makeFatImage(path, { 'a/b.txt': 'x'.repeat(5000) });
  assert.equal(await withVolume(path, isSoundFat), true);
  const place = await withVolume(path, async (volume) => {
    const folder = await volume.directory((await volume.directory()).entries.find(({ name }) => name === 'a'));
    return folder.entries.flatMap((entry) => folder.placesOf(entry)).at(-1) ?? 0;
  });
  await using image = await openRawImage(path, 'read-write');
  await image.write(place + 28, Uint8Array.of(0, 0, 0x10, 0));
  assert.equal(await withVolume(path, isSoundFat), false);
  assert.ok(fatLayout(await image.read(0, 512)) !== undefined);
});
