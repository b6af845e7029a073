import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { exists, temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { silentLog } from '../../../../src/platform/log.ts';
import { buildFromRecipe } from '../../../../src/pool/image/build/from-recipe.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');

test('a recipe of rpm packages without a repository is refused before anything is fetched', {
  skip: process.geteuid?.() === 0 ? false : 'needs root',
}, async () => {
  await using directory = await temporaryDirectory('recon-images-');
  const images = join(directory.path, 'images');
  const asked = buildFromRecipe({
    ...{ name: 'compute-rocky-9', images, repository: REPOSITORY, log: silentLog, isFast: true, isEmbedded: false },
    ...{ environment: { MIRROR: 'http://192.0.2.1/debian' }, signal: new AbortController().signal },
  });
  await assert.rejects(asked, { code: 'usage', message: 'this recipe needs to know where its packages are' });
  assert.equal(await exists(images), false);
});
