import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import { chooseRelease } from '../../src/builder/release-setting.ts';

const recipes = await listRecipes(join(import.meta.dirname, '../../recipes'));
const leap = findRecipe(recipes, 'suse-leap-15.1');

for (const [setting, release, profile] of [
  [undefined, '15.6', 'Leap15'],
  ['', '15.6', 'Leap15'],
  ['15.4', '15.4', 'Leap15'],
  [' 16.0 ', '16.0', 'Leap16'],
] as const) {
  test(`LEAP=${setting}: ${release}`, () => {
    assert.deepEqual(chooseRelease(leap, { LEAP: setting }), { release, profiles: ['DracutLive', profile] });
  });
}

test('a release that is none is named, with those that there are', () => {
  for (const setting of ['15.1', 'tumbleweed', '../15.6', 'toString']) {
    assert.throws(() => chooseRelease(leap, { LEAP: setting }), {
      code: 'usage',
      message: `LEAP=${setting}: suse-leap-15.1 is made from 15.4, 15.5, 15.6, 16.0`,
      hint: 'LEAP=15.6 ./make-recipe-target suse-leap-15.1 target',
    });
  }
});

test('a recipe of one release has no setting', () => {
  assert.deepEqual(chooseRelease(findRecipe(recipes, 'debian-13'), { LEAP: '1' }), { release: 'trixie', profiles: ['DracutLive'] });
});
