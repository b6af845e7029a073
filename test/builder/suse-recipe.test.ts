import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { describeImage, imageVersion } from '../../src/builder/image/description.ts';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const MIRROR = 'http://mirror.example/pub';

test("KIWI's schema and schematron accept the description of each recipe", async (t) => {
  for (const { name } of await listRecipes(join(ROOT, 'recipes'))) {
    await using directory = await temporaryDirectory('recon-recipe-');
    const result = await imageInfo(t, directory.path, describeImage(await configXml(name), MIRROR));
    if (result === undefined) return;
    assert.equal(result.status, 'ok', `${name}: ${result.text}`);
    assert.match(result.text, /"image": "recon"/);
  }
});

test('the check can fail: a value that the schema does not know, an rpm repository for debootstrap', async (t) => {
  const good = describeImage(await configXml('suse-leap-15.1'), MIRROR);
  for (const bad of [
    good.replace('flags="dmsquash"', 'flags="squash"'),
    good.replace('<repository type="rpm-md"', '<repository type="rpm-md" use_for_bootstrap="true"'),
  ]) {
    assert.notEqual(bad, good);
    await using directory = await temporaryDirectory('recon-recipe-');
    const result = await imageInfo(t, directory.path, bad);
    if (result === undefined) return;
    assert.equal(result.status, 'failed', result.text);
  }
});

test('suse-leap-15.1: the live ISO as described, with every mirror from the placeholder', async () => {
  const recipe = findRecipe(await listRecipes(join(ROOT, 'recipes')), 'suse-leap-15.1');
  assert.equal(recipe.family, 'suse');
  const source = await configXml('suse-leap-15.1');
  assert.equal(imageVersion(source), '15.x.1');
  assert.match(source, new RegExp(`<profile name="${recipe.profile}"`));
  for (const attribute of ['image="iso"', 'flags="dmsquash"', 'firmware="efi"', 'mediacheck="false"'])
    assert.ok(source.includes(attribute));
  assert.match(source, /<packagemanager>zypper<\/packagemanager>/);
  assert.doesNotMatch(source, /hybridpersistent/);
  const mirrors = [...describeImage(source, `${MIRROR}/`).matchAll(/<source path="([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(mirrors, [
    `${MIRROR}/distribution/leap/15.4/repo/oss`,
    `${MIRROR}/update/leap/15.4/oss`,
    `${MIRROR}/update/leap/15.4/sle`,
    `${MIRROR}/update/leap/15.4/backports`,
  ]);
});

async function configXml(recipe: string): Promise<string> {
  return readFile(join(ROOT, 'recipes', recipe, 'config.xml'), 'utf8');
}

/** What `kiwi-ng image info` says of a description; undefined, and the test skipped, on a host without KIWI. */
async function imageInfo(t: TestContext, directory: string, xml: string): Promise<{ status: string; text: string } | undefined> {
  await writeFile(join(directory, 'config.xml'), xml);
  const result = await run(['kiwi-ng', '--profile', 'DracutLive', '--type', 'iso', 'image', 'info', '--description', directory], {
    timeoutMs: 60_000,
  });
  if (result.status === 'absent') {
    t.skip('there is no kiwi-ng on this host (Debian packages it up to release 12)');
    return undefined;
  }
  return { status: result.status, text: `${result.stdout}${result.stderr}` };
}
