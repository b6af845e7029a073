import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { BASE_SOURCES, type BaseInput, baseKey, baseParts } from '../../src/builder/base-parts.ts';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import type { BaseFacts } from '../../src/domain/image.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { sourceImports } from '../house/source-imports.ts';
import { somePlan } from './some-plan.ts';

const ROOT = join(import.meta.dirname, '../..');
const recipe = findRecipe(await listRecipes(join(ROOT, 'recipes')), 'debian-13');

/** Names, errors and settings, which decide nothing of packages, root, initrd and boot loaders. The recipe itself is hashed. */
const OF_NO_WEIGHT = /\/(errors|kernel-arguments|recipe|site-settings(-template)?|ram-needs|values\/[a-z-]+)\.ts$/;

test('whatever of src/domain the kept parts are made by is part of their key', () => {
  const own = BASE_SOURCES.filter((path) => path.startsWith('src/builder'));
  const { imports } = sourceImports(ROOT, 'tsconfig.json', 'src');
  const taken = imports.filter(({ from, names }) => names.length > 0 && own.some((path) => from === path || from.startsWith(`${path}/`)));
  const domain = new Set(taken.map(({ module }) => module).filter((module) => module.startsWith('src/domain/')));
  assert.ok(domain.has('src/domain/image.ts'));
  const missing = [...domain].filter((path) => !OF_NO_WEIGHT.test(path) && !(BASE_SOURCES as readonly string[]).includes(path));
  assert.deepEqual(missing, []);
});

test('an edit of the program leaves the kept parts; one of what makes them, of the recipe or of a setting does not', async () => {
  await using repository = await temporaryDirectory('recon-base-');
  const input = await inputIn(repository.path);
  const first = await baseKey(input);
  await writeFile(join(repository.path, 'src/main.ts'), 'edited');
  assert.equal(await baseKey(input), first);
  const seen = new Set([first]);
  for (const name of ['src/builder/trim/x.ts', 'src/domain/image.ts', '.ci/in-tool-root']) {
    await writeFile(join(repository.path, name), 'edited');
    seen.add(await baseKey(input));
  }
  const { plan } = input;
  for (const other of [{ level: 9 }, { sourceDate: '1' }, { profiles: ['x'] }, { recipe: { ...recipe, suite: 'forky' } }] as const)
    seen.add(await baseKey({ ...input, plan: { ...plan, ...other } }));
  seen.add(await baseKey({ ...input, keptRoot: '/cache/root-other' }));
  assert.equal(seen.size, 9);
});

test('kept parts are given as they are, and KIWI is not called', async () => {
  await using repository = await temporaryDirectory('recon-base-');
  const input = await inputIn(repository.path);
  const kept = join(input.plan.paths.cache, `base-${await baseKey(input)}`);
  await mkdir(kept, { recursive: true });
  const facts: BaseFacts = {
    ...{ isoName: 'recon.iso', kernelRelease: '6.12', isStandIn: false, rareCards: ['1657:0022'], signed: ['EFI/BOOT/bootx64.efi'] },
    parts: [{ type: 'file', name: 'linux', sha256: 'ab' }],
  };
  await writeFile(join(kept, 'base.json'), JSON.stringify(facts));
  const skipped: number[] = [];
  const base = await baseParts({
    ...input,
    steps: { step: () => Promise.reject(new Error('a step')), skip: (many) => skipped.push(many) },
  });
  assert.deepEqual(skipped, [5]);
  assert.equal(base.kiwiIso, join(kept, 'recon.iso'));
  assert.equal(base.files.rootImage, join(kept, 'recon-13.x.1.squashfs'));
  assert.deepEqual([...base.signed], [['EFI/BOOT/bootx64.efi', join(kept, 'signed/bootx64.efi')]]);
  assert.deepEqual(base.parts, facts.parts);
});

async function inputIn(repository: string): Promise<BaseInput> {
  for (const name of ['src/builder/trim/x.ts', 'src/domain/image.ts', '.ci/in-tool-root', 'src/main.ts']) {
    await mkdir(join(repository, name, '..'), { recursive: true });
    await writeFile(join(repository, name), 'one');
  }
  return {
    ...{
      plan: somePlan(recipe, repository),
      staged: { directory: '/d', root: '/d/root', program: '/p', version: '13.x.1' },
      keptRoot: '/cache/root-1',
      log: silentLog,
    },
    call: () => Promise.reject(new Error('KIWI')),
    steps: { step: () => Promise.reject(new Error('a step')), skip: () => {} },
  };
}
