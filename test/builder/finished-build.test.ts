import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { finishedBuild } from '../../src/builder/finished-build.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { CONTENT, MANIFEST, placeBuild } from './fixture-build.ts';

test('a whole image: its manifest, and where its files are', async () => {
  await using directory = await temporaryDirectory('recon-build-');
  const paths = await placeBuild(directory.path);
  assert.deepEqual(await finishedBuild(paths, 'debian-13'), {
    manifest: MANIFEST,
    manifestPath: join(paths.output, 'manifest.json'),
    isoPath: join(paths.output, CONTENT.iso[0]),
    kernelPath: join(paths.output, CONTENT.kernel[0]),
    initrdPath: join(paths.output, CONTENT.initrd[0]),
    rootImagePath: join(paths.output, CONTENT.rootImage[0]),
  });
});

for (const [title, damage] of [
  ['a file that is missing', (output: string) => rm(join(output, CONTENT.rootImage[0]))],
  ['a file that was cut', (output: string) => writeFile(join(output, CONTENT.initrd[0]), 'cut')],
  ['no manifest', (output: string) => rm(join(output, 'manifest.json'))],
  ['the manifest that lies in an ISO, which does not name one', withoutIso],
] as const) {
  test(`${title}: no finished image, and how to make one`, async () => {
    await using directory = await temporaryDirectory('recon-build-');
    const paths = await placeBuild(directory.path);
    await damage(paths.output);
    await assert.rejects(finishedBuild(paths, 'debian-13'), {
      code: 'not-found',
      message: 'builds/debian-13/ holds no finished image',
      hint: './make-recipe-target debian-13 target',
    });
  });
}

async function withoutIso(output: string): Promise<void> {
  const { iso, ...files } = MANIFEST.files;
  assert.ok(iso !== undefined);
  await writeFile(join(output, 'manifest.json'), JSON.stringify({ ...MANIFEST, files }));
}
