import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildDate, imageIdentity } from '../../src/builder/image/identity.ts';
import { inputsOf } from '../../src/builder/plan-build.ts';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { somePlan } from './some-plan.ts';

const ROOT = join(import.meta.dirname, '../..');
const recipe = findRecipe(await listRecipes(join(ROOT, 'recipes')), 'debian-13');
const PLAN = somePlan(recipe, ROOT);

test('whatever goes into an image changes its inputs; the same gives the same', async () => {
  await using staged = await temporaryDirectory('recon-staged-');
  const [directory, program] = [join(staged.path, 'description'), join(staged.path, 'program')];
  for (const folder of [directory, program]) await mkdir(folder);
  await writeFile(join(directory, 'config.xml'), 'one');
  await writeFile(join(program, 'recon.cjs'), 'one');
  const both = { directory, program };
  const inputs = [
    await inputsOf(PLAN, both),
    await inputsOf({ ...PLAN, sizeBytes: 2 }, both),
    await inputsOf({ ...PLAN, profiles: ['Other'] }, both),
    await inputsOf({ ...PLAN, encryptTo: 'age1' }, both),
    await inputsOf({ ...PLAN, level: 9 }, both),
  ];
  assert.equal(await inputsOf(PLAN, both), inputs[0]);
  await writeFile(join(directory, 'config.xml'), 'two');
  inputs.push(await inputsOf(PLAN, both));
  await writeFile(join(program, 'recon.cjs'), 'two');
  inputs.push(await inputsOf(PLAN, both));
  assert.equal(new Set(inputs).size, 7);
});

test('an image is told from others by what is in it and when it was built', () => {
  const at = new Date('2026-11-20T21:40:01.005Z');
  const identity = imageIdentity('abc', at);
  assert.equal(identity.isoUuid, '2026-11-20-21-40-01-00');
  assert.equal(identity.dataPartitionUuid, `${identity.signature.toString(16).padStart(8, '0')}-03`);
  assert.deepEqual(imageIdentity('abc', at), identity);
  assert.notEqual(imageIdentity('abd', at).signature, identity.signature);
  assert.notEqual(imageIdentity('abc', new Date(at.getTime() + 1000)).isoUuid, identity.isoUuid);
});

test('the date of a build is SOURCE_DATE_EPOCH, or now', () => {
  const now = new Date('2026-11-20T21:40:01Z');
  assert.deepEqual(buildDate(undefined, now), now);
  assert.deepEqual(buildDate('', now), now);
  assert.deepEqual(buildDate('1700000000', now), new Date('2023-11-14T22:13:20Z'));
  for (const setting of ['yesterday', '-1', '1e9', '999999999999', '2026-11-20']) {
    assert.throws(() => buildDate(setting, now), {
      code: 'usage',
      message: `SOURCE_DATE_EPOCH=${setting} is no number of seconds since 1970`,
    });
  }
});
