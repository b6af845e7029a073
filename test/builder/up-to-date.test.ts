import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isUpToDate, readBuildManifest } from '../../src/builder/up-to-date.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { CONTENT, MANIFEST, placeBuild } from './fixture-build.ts';

test('a whole build of the same inputs is up to date', async () => {
  await using directory = await temporaryDirectory('recon-fresh-');
  const { output } = await placeBuild(directory.path);
  assert.deepEqual(await readBuildManifest(output), MANIFEST);
  assert.equal(await isUpToDate(output, 'abc'), true);
});

for (const [title, spoil] of [
  ['other inputs', async (output: string) => writeFile(join(output, 'manifest.json'), JSON.stringify({ ...MANIFEST, inputs: 'abd' }))],
  ['a file that is missing', async (output: string) => rm(join(output, CONTENT.initrd[0]))],
  ['a file of another size', async (output: string) => writeFile(join(output, CONTENT.iso[0]), 'cut')],
  ['no manifest', async (output: string) => rm(join(output, 'manifest.json'))],
  ['a manifest that is not JSON', async (output: string) => writeFile(join(output, 'manifest.json'), '{"manifestVersion":')],
  [
    'a manifest from inside an ISO',
    async (output: string) => {
      const { iso: _, ...files } = MANIFEST.files;
      await writeFile(join(output, 'manifest.json'), JSON.stringify({ ...MANIFEST, files }));
    },
  ],
  [
    'a manifest of another version',
    async (output: string) => writeFile(join(output, 'manifest.json'), JSON.stringify({ ...MANIFEST, manifestVersion: 2 })),
  ],
] as const) {
  test(`not up to date: ${title}`, async () => {
    await using directory = await temporaryDirectory('recon-fresh-');
    const { output } = await placeBuild(directory.path);
    await spoil(output);
    assert.equal(await isUpToDate(output, 'abc'), false);
  });
}
