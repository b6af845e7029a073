import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import { ReconError } from '../../src/domain/errors.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';

const ROOT = join(import.meta.dirname, '../..');
const RECIPE = {
  name: 'b-1',
  description: 'text',
  family: 'debian',
  suite: 'trixie',
  profile: 'P',
  grubDirectory: 'boot/grub',
  loaders: { 'undionly.kpxe': 'a', 'snponly.efi': 'b' },
};

const ours = await listRecipes(join(ROOT, 'recipes'));

test('this repository has a recipe of each family', () => {
  assert.deepEqual([...new Set(ours.map(({ family }) => family))].sort(), ['debian', 'suse']);
});

for (const { name, suite, profile, releases } of ours) {
  test(`${name}: README names it, its description has its release and profile, and its image is trimmed`, async () => {
    const [readme, description, script] = await Promise.all(
      ['README.md', `recipes/${name}/config.xml`, `recipes/${name}/config.sh`].map((file) => readFile(join(ROOT, file), 'utf8')),
    );
    assert.ok(readme?.includes(name), 'README does not name it');
    assert.ok(description?.includes(`<profile name="${profile}"`), `config.xml has no profile ${profile}`);
    const ofRelease = releases === undefined ? `distribution="${suite}"` : '/leap/{release}/';
    assert.ok(description?.includes(ofRelease), `config.xml is not of ${suite}`);
    for (const [release, name] of Object.entries(releases?.profiles ?? {}))
      assert.ok(description?.includes(`<profile name="${name}"`), `config.xml has no profile ${name} for ${release}`);
    assert.ok(releases === undefined || Object.hasOwn(releases.profiles, suite), `${suite} has no profile`);
    assert.match(script ?? '', /^\/usr\/lib\/recon\/trim-image$/m);
  });
}

for (const { name, budgetsMb } of ours.filter((one) => one.budgetsMb !== undefined)) {
  test(`${name}: what its parts may have is within what a peer may fetch, and a stick may have, in all`, () => {
    const { kernel = 0, initrd = 0, drivers = 0, rootImage = 0, isoWithoutData = 0 } = budgetsMb ?? {};
    assert.ok(kernel + initrd + rootImage <= 110, `a peer fetches up to ${kernel + initrd + rootImage} MB`);
    assert.ok(kernel + initrd + drivers + rootImage <= 125, 'and one with a rare device');
    assert.ok(isoWithoutData <= 170 && isoWithoutData > kernel + initrd + drivers + rootImage);
  });
}

test('directories with a recipe.json, sorted; anything else is passed over', async () => {
  await using directory = await temporaryDirectory('recon-recipes-');
  for (const name of ['b-1', 'a-2']) await place(directory.path, name, JSON.stringify({ ...RECIPE, name }));
  await mkdir(join(directory.path, 'draft'));
  await writeFile(join(directory.path, 'README'), 'text');
  const recipes = await listRecipes(directory.path);
  assert.deepEqual(
    recipes.map(({ name }) => name),
    ['a-2', 'b-1'],
  );
  assert.equal(findRecipe(recipes, 'b-1').name, 'b-1');
  assert.throws(() => findRecipe(recipes, 'b'), {
    code: 'recipe-unknown',
    exitCode: 2,
    message: 'there is no recipe "b"; the recipes are: a-2, b-1',
  });
});

for (const [title, content, said] of [
  ['broken JSON', '{"name": "b-1",', /is not JSON: /],
  ['a name that is not its directory', JSON.stringify({ ...RECIPE, name: 'c-1' }), /is named "c-1", its directory "b-1"$/],
  ['a key that nobody reads', JSON.stringify({ ...RECIPE, mirrors: [] }), /mirrors/],
  ['a field that is missing', JSON.stringify({ ...RECIPE, suite: undefined }), /suite/],
] as const) {
  test(`a recipe with ${title}: refused with its path and the reason`, async () => {
    await using directory = await temporaryDirectory('recon-recipes-');
    await place(directory.path, 'b-1', content);
    await assert.rejects(listRecipes(directory.path), (error) => {
      assert.ok(error instanceof ReconError);
      assert.equal(error.code, 'usage');
      assert.ok(error.message.includes('b-1/recipe.json'), error.message);
      assert.match(error.message, said);
      return true;
    });
  });
}

async function place(recipes: string, name: string, content: string): Promise<void> {
  await mkdir(join(recipes, name));
  await writeFile(join(recipes, name, 'recipe.json'), content);
}
