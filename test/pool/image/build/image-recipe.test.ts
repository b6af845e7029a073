import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ReconError } from '../../../../src/domain/errors.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { findImageRecipe } from '../../../../src/pool/image/build/image-recipe.ts';

const RECIPES = join(import.meta.dirname, '../../../../recipes/images');

test('every recipe that comes with the program is one', async () => {
  for (const name of ['compute-debian-13', 'compute-rocky-9', 'failsafe'])
    assert.equal((await findImageRecipe(RECIPES, name)).recipe.name, name);
});

test('a copied folder is found by its path; a wrong word has its line and the nearest one', async () => {
  await using directory = await temporaryDirectory('recon-recipe-');
  const mine = join(directory.path, 'mine');
  await cp(join(RECIPES, 'failsafe'), mine, { recursive: true });
  assert.equal((await findImageRecipe(RECIPES, mine)).directory, mine);
  const text = await readFile(join(mine, 'recipe.yaml'), 'utf8');
  await writeFile(join(mine, 'recipe.yaml'), text.replace('modules:', 'moduls:'));
  await assert.rejects(
    findImageRecipe(RECIPES, mine),
    (error) => error instanceof ReconError && error.exitCode === 2 && /recipe\.yaml line \d+: .*moduls/.test(error.message),
  );
});

test('a name that is none is answered with the nearest', async () => {
  await assert.rejects(
    findImageRecipe(RECIPES, 'compute-debian-12'),
    (error) => error instanceof ReconError && error.hint === 'did you mean compute-debian-13?',
  );
});
