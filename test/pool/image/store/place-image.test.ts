import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ReconError } from '../../../../src/domain/errors.ts';
import type { PoolImageDraft } from '../../../../src/domain/pool/image-manifest.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { placeImage } from '../../../../src/pool/image/store/place-image.ts';
import { findImage, storedImages } from '../../../../src/pool/image/store/stored-images.ts';

const DRAFT: PoolImageDraft = { kind: 'failsafe', architecture: 'x86_64', builtAt: '2026-11-01T10:00:00.000Z', kernelRelease: '6.12.1' };

const fill = async (partial: string): Promise<PoolImageDraft> => {
  await writeFile(join(partial, 'kernel'), 'K');
  await writeFile(join(partial, 'ramdisk'), 'R');
  return DRAFT;
};

test('a version has the next number, its files have hashes and nobody may write them', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  await placeImage({ directory: directory.path, name: 'lab', fill });
  const { version, path, manifest } = await placeImage({ directory: directory.path, name: 'lab', fill });
  assert.equal(version, 2);
  assert.deepEqual(manifest.files.kernel, { sizeBytes: 1, sha256: createHash('sha256').update('K').digest('hex') });
  for (const file of ['kernel', 'ramdisk', 'manifest.json']) assert.equal((await stat(join(path, file))).mode & 0o777, 0o444, file);
  assert.deepEqual(JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')), manifest);
});

test('nothing of it is visible before all of it is there', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  await placeImage({
    directory: directory.path,
    name: 'lab',
    fill: async (partial) => {
      const draft = await fill(partial);
      assert.deepEqual(await storedImages(directory.path), { images: [], broken: [] });
      return draft;
    },
  });
  assert.equal((await storedImages(directory.path)).images.length, 1);
});

test('what fails leaves nothing behind', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const failing = placeImage({
    directory: directory.path,
    name: 'lab',
    fill: async (partial) => {
      await fill(partial);
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    },
  });
  await assert.rejects(
    failing,
    (error) => error instanceof ReconError && error.code === 'disk-full' && /taken away again/.test(error.message),
  );
  assert.deepEqual(await readdir(join(directory.path, 'lab')), []);
});

test('an image needs a kernel, and holds no file that no image has', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const place = (files: readonly string[]): Promise<unknown> =>
    placeImage({
      directory: directory.path,
      name: 'lab',
      fill: async (partial) => {
        for (const file of files) await writeFile(join(partial, file), file);
        return DRAFT;
      },
    });
  await assert.rejects(place(['ramdisk']), /there is no kernel/);
  await assert.rejects(place(['kernel', 'ramdisk', 'notes.txt']), /notes\.txt is no file of an image/);
});

test('two at once get two numbers', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const placed = await Promise.all(Array.from({ length: 5 }, () => placeImage({ directory: directory.path, name: 'lab', fill })));
  assert.deepEqual(placed.map(({ version }) => version).sort(), [1, 2, 3, 4, 5]);
});

test('a name means its newest version; what is not there is answered with what is', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  for (let count = 0; count < 11; count += 1) await placeImage({ directory: directory.path, name: 'lab-image', fill });
  assert.equal((await findImage(directory.path, 'lab-image')).version, 11);
  assert.equal((await findImage(directory.path, 'lab-image@newest')).version, 11);
  assert.equal((await findImage(directory.path, 'lab-image@2')).version, 2);
  const hintOf = (choice: string): Promise<string | undefined> =>
    findImage(directory.path, choice).then(
      () => 'found',
      (error: unknown) => (error instanceof ReconError ? error.hint : undefined),
    );
  assert.match((await hintOf('lab-image@12')) ?? '', /^lab-image has the versions 1, 2, .*11$/);
  assert.equal(await hintOf('lab-imag'), 'did you mean lab-image?');
  assert.match((await hintOf('../etc')) ?? '', /such as compute-debian-13@3/);
});

test('a version whose manifest is missing, damaged or that of another is broken, and never found', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const { path } = await placeImage({ directory: directory.path, name: 'lab', fill });
  for (const version of ['2', '3', '4']) await mkdir(join(directory.path, 'lab', version));
  await writeFile(join(directory.path, 'lab/3/manifest.json'), '{"manifestVersion":1');
  await writeFile(join(directory.path, 'lab/4/manifest.json'), await readFile(join(path, 'manifest.json')));
  const { images, broken } = await storedImages(directory.path);
  assert.deepEqual(
    images.map(({ version }) => version),
    [1],
  );
  assert.match(broken[0]?.why ?? '', /no manifest/);
  assert.match(broken[1]?.why ?? '', /not JSON/);
  assert.match(broken[2]?.why ?? '', /is that of lab@1/);
  await assert.rejects(findImage(directory.path, 'lab@3'), /cannot be used/);
  await mkdir(join(directory.path, 'other/1'), { recursive: true });
  await assert.rejects(findImage(directory.path, 'other'), /other@1 cannot be used: it has no manifest/);
});
