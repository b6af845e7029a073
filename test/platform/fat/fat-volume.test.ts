import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { fatLayout } from '../../../src/platform/fat/fat-layout.ts';
import { openFatVolume } from '../../../src/platform/fat/fat-volume.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { faultsOf, makeFatImage, pathsIn, withVolume } from './fat-image.ts';

test('files are read as mtools wrote them, and a freed entry is gone, with its clusters left to the repair', async () => {
  await using directory = await temporaryDirectory('recon-fat-');
  const path = join(directory.path, 'fat.img');
  const content = randomBytes(100_000);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`many/a long name number ${index}.txt`, `${index}`]));
  await makeFatImage(path, { 'records/52-54-00-00-00-01/0001/record.json': content, empty: '', ...many });
  await withVolume(path, async (volume) => {
    const root = await volume.directory();
    assert.deepEqual(root.entries.map(({ name }) => name).sort(), ['empty', 'many', 'records']);
    let here = root;
    for (const name of ['records', '52-54-00-00-00-01', '0001']) {
      const next = here.entries.find((one) => one.name === name);
      here = await volume.directory(next);
      assert.equal(here.startsWithDot, true);
    }
    const [record] = here.entries;
    assert.ok(record !== undefined);
    assert.deepEqual([record.name, record.sizeBytes, volume.isWhole(record)], ['record.json', content.length, true]);
    assert.ok((await volume.read(record, 200_000))?.equals(content));
    assert.equal(await volume.read(record, 99_999), undefined, 'it is larger than that');
    const empty = root.entries.find(({ name }) => name === 'empty');
    assert.ok(empty !== undefined);
    assert.deepEqual(await volume.read(empty, 10), Buffer.alloc(0));
    const folder = root.entries.find(({ name }) => name === 'many');
    const below = await volume.directory(folder);
    assert.equal(below.entries.length, 30);
    const gone = below.entries.filter((_, index) => index % 2 === 0);
    await volume.free(gone.flatMap((entry) => below.placesOf(entry)));
  });
  const left = await pathsIn(path);
  assert.equal(left.filter((name) => name.startsWith('many/a long')).length, 15);
  assert.match((await faultsOf(path)).join('\n'), /Reclaimed 15 unused clusters/);
});

test('a file system may start anywhere in an image; what is no FAT32 is none', async () => {
  await using directory = await temporaryDirectory('recon-fat-');
  const [inner, outer, small] = ['inner.img', 'outer.img', 'small.img'].map((name) => join(directory.path, name));
  assert.ok(inner !== undefined && outer !== undefined && small !== undefined);
  await makeFatImage(inner, { 'recon.yaml': 'site: x\n' });
  await createSparseFile(outer, 1024 * 1024);
  await runOk(['dd', `if=${inner}`, `of=${outer}`, 'bs=1M', 'seek=1', 'conv=sparse', 'status=none'], { timeoutMs: 60_000 });
  await using image = await openRawImage(outer, 'read');
  assert.equal(await openFatVolume(image), undefined);
  const volume = await openFatVolume(image, 1024 * 1024);
  assert.deepEqual(
    (await volume?.directory())?.entries.map(({ name }) => name),
    ['recon.yaml'],
  );
  await createSparseFile(small, 16 * 1024 * 1024);
  await runOk(['mkfs.vfat', '-F', '16', small], { timeoutMs: 60_000 });
  await using sixteen = await openRawImage(small, 'read');
  assert.equal(fatLayout(await sixteen.read(0, 512)), undefined);
});
