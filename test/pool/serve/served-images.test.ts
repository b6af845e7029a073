import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { placeImage } from '../../../src/pool/image/store/place-image.ts';
import { storedImages } from '../../../src/pool/image/store/stored-images.ts';
import { servedImages } from '../../../src/pool/serve/served-images.ts';

const FILES = ['kernel', 'ramdisk', 'root.sqfs', 'packages'] as const;

async function place(directory: string): Promise<string> {
  const { path } = await placeImage({
    ...{ directory, name: 'lab' },
    fill: async (partial) => {
      for (const file of FILES) await writeFile(join(partial, file), `all of the ${file}`);
      return { kind: 'compute', architecture: 'x86_64', builtAt: '2026-11-01T10:00:00.000Z', kernelRelease: '6.12.1' };
    },
  });
  return path;
}

test('a version that is just being copied is not served, nor is it the newest; once it is whole, it is', async () => {
  await using elsewhere = await temporaryDirectory('recon-images-');
  await using here = await temporaryDirectory('recon-images-');
  await place(here.path);
  await place(elsewhere.path);
  const second = await place(elsewhere.path);
  const served = servedImages(here.path, { holdMs: 0 });
  const to = join(here.path, 'lab/2');
  await mkdir(to);
  const newest = async (): Promise<unknown> => (await served.choose('lab'))?.version;
  // in the order of cp: the manifest comes second
  for (const file of (await readdir(second)).sort()) {
    await writeFile(join(to, file), 'all');
    assert.equal(await newest(), 1, `while ${file} is copied`);
    assert.equal(await served.find('lab', 2), undefined);
    assert.deepEqual(
      (await storedImages(here.path)).broken.map(({ version }) => version),
      [2],
    );
    await copyFile(join(second, file), join(to, file));
  }
  assert.equal(await newest(), 2);
  assert.deepEqual((await storedImages(here.path)).broken, []);
});
