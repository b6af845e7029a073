import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkImage } from '../../src/lab/check-image.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { CONTENT, MANIFEST, placeBuild } from '../builder/fixture-build.ts';

test('only the ISO that the manifest describes is rehearsed with', async () => {
  await using directory = await temporaryDirectory('recon-lab-');
  const { output } = await placeBuild(directory.path);
  const image = { isoPath: join(output, CONTENT.iso[0]), manifestPath: join(output, 'manifest.json') };
  assert.deepEqual(await checkImage(image), MANIFEST);
  await writeFile(image.isoPath, 'another');
  await assert.rejects(checkImage(image), { code: 'hash-mismatch', hint: 'build the image again' });
  const manifestPath = join(output, 'none.json');
  await assert.rejects(checkImage({ ...image, manifestPath }), { code: 'not-an-image', message: `there is no ${manifestPath}` });
});
