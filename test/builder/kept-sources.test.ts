import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildPaths } from '../../src/builder/image/paths.ts';
import { hashSources, inputsOfSources, noteInputsOfSources } from '../../src/builder/kept-sources.ts';
import type { BuildPlan } from '../../src/builder/plan-build.ts';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';

const recipe = findRecipe(await listRecipes(join(import.meta.dirname, '../../recipes')), 'debian-13');

async function planIn(repository: string): Promise<BuildPlan> {
  for (const folder of ['src', 'overlay/etc', 'recipes/debian-13', 'docs']) await mkdir(join(repository, folder), { recursive: true });
  for (const file of FILES) await writeFile(join(repository, file), 'one');
  return {
    ...{
      recipe,
      paths: buildPaths(repository, recipe.name),
      sizeBytes: 1,
      encryptTo: undefined,
      level: 19,
      mirror: '',
      keyring: undefined,
    },
    ...{ signer: undefined, sourceDate: undefined, repositories: [], release: recipe.suite, profiles: [recipe.profile], configXml: '' },
  };
}

const FILES = ['src/main.ts', 'overlay/etc/fstab', 'recipes/debian-13/config.sh', 'docs/boot.md', 'package-lock.json'];

test('whatever a build reads, or is told, gives other sources; the same gives the same', async () => {
  await using repository = await temporaryDirectory('recon-sources-');
  const plan = await planIn(repository.path);
  const first = await hashSources(plan);
  const seen = new Set([first]);
  for (const file of FILES) {
    await writeFile(join(repository.path, file), 'two');
    seen.add(await hashSources(plan));
    await writeFile(join(repository.path, file), 'one');
  }
  for (const changed of [
    { sizeBytes: 2 },
    { encryptTo: 'age1' },
    { level: 9 },
    { profiles: ['Other'] },
    { sourceDate: '1' },
    { configXml: 'x' },
  ] as const)
    seen.add(await hashSources({ ...plan, ...changed }));
  await writeFile(join(repository.path, 'src/new.ts'), '');
  seen.add(await hashSources(plan));
  assert.equal(seen.size, FILES.length + 8);
  await rm(join(repository.path, 'src/new.ts'));
  await writeFile(join(repository.path, 'README.md'), 'nobody builds from it');
  assert.equal(await hashSources(plan), first);
});

test('what was made from these sources is known by them, and not when they were edited while it was made', async () => {
  await using repository = await temporaryDirectory('recon-sources-');
  const plan = await planIn(repository.path);
  const sources = await hashSources(plan);
  assert.equal(await inputsOfSources(plan.paths, sources), undefined);
  await writeFile(join(repository.path, 'src/main.ts'), 'edited');
  await noteInputsOfSources(plan, sources, 'i');
  assert.equal(await inputsOfSources(plan.paths, sources), undefined);
  await writeFile(join(repository.path, 'src/main.ts'), 'one');
  await noteInputsOfSources(plan, sources, 'i');
  assert.equal(await inputsOfSources(plan.paths, sources), 'i');
  assert.equal(await inputsOfSources(plan.paths, 'others'), undefined);
});
