import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { listRecipes } from '../../src/builder/recipes.ts';
import { TARGETS } from '../../src/builder/targets.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const recipes = await listRecipes(join(ROOT, 'recipes'));

test('without arguments: usage, and every recipe that there is', async () => {
  const result = await makeRecipeTarget();
  assert.equal(result.exitCode, 0, result.stderr.toString());
  const [first, ...rest] = result.stdout.toString().split('\n');
  assert.equal(first, 'Usage: make-recipe-target <recipe> <target>');
  assert.ok(recipes.length >= 2);
  for (const { name, description } of recipes) {
    assert.ok(
      rest.some((line) => line.trim().startsWith(name) && line.endsWith(description)),
      name,
    );
  }
});

test('it works from another directory and through a link', async () => {
  await using directory = await temporaryDirectory('recon-link-');
  const link = join(directory.path, 'make');
  assert.equal((await run(['ln', '-s', join(ROOT, 'make-recipe-target'), link], { timeoutMs: 60_000 })).status, 'ok');
  const result = await run([link], { timeoutMs: 60_000, cwd: directory.path });
  assert.equal(result.exitCode, 0, result.stderr.toString());
  assert.match(result.stdout.toString(), /^Usage: make-recipe-target/);
});

test('with a recipe: its targets, one line each', async () => {
  const result = await makeRecipeTarget('debian-13');
  assert.equal(result.exitCode, 0, result.stderr.toString());
  for (const { name } of TARGETS) assert.equal(result.stdout.toString().match(new RegExp(`^ +${name} +\\S`, 'gm'))?.length, 1, name);
});

test('all and help: the same list, as the first of these programs had it', async () => {
  const targets = (await makeRecipeTarget('debian-13')).stdout.toString();
  const usage = (await makeRecipeTarget()).stdout.toString();
  for (const [words, text] of [
    [['debian-13', 'all'], targets],
    [['debian-13', 'help'], targets],
    [['help'], usage],
    [['all'], usage],
  ] as const) {
    const result = await makeRecipeTarget(...words);
    assert.equal(result.exitCode, 0, result.stderr.toString());
    assert.equal(result.stdout.toString(), text);
  }
});

test('an unknown recipe or target: one line that names it and the possible ones, exit code 2', async () => {
  const names = recipes.map(({ name }) => name).join(', ');
  for (const [words, named, possible] of [
    [['nope'], '"nope"', names],
    [['../../etc', 'target'], '"../../etc"', names],
    [['debian-13', 'iso'], '"iso"', 'target, http, virtual, disk, check, clean, all'],
  ] as const) {
    const result = await makeRecipeTarget(...words);
    assert.equal(result.exitCode, 2);
    const lines = result.stderr.toString().trim().split('\n');
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.ok(lines[0]?.includes(named) && lines[0].includes(possible), lines[0]);
  }
});

async function makeRecipeTarget(...words: string[]): Promise<CommandResult> {
  return run([join(ROOT, 'make-recipe-target'), ...words], { timeoutMs: 60_000, cwd: '/' });
}
