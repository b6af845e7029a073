import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { describeImage, imageVersion } from '../../src/builder/image/description.ts';
import { toolRootFolder } from '../../src/builder/image/tool-root.ts';
import { findLeapMirror, zyppRepositories } from '../../src/builder/image/zypp-mirror.ts';
import { sourcesOf } from '../../src/builder/plan-build.ts';
import { findRecipe, listRecipes } from '../../src/builder/recipes.ts';
import { chooseRelease } from '../../src/builder/release-setting.ts';
import type { Recipe } from '../../src/domain/recipe.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const MIRROR = 'http://mirror.example/pub';

test("KIWI's schema and schematron accept the description of each recipe, of each release", async (t) => {
  for (const { recipe, environment } of await builds()) {
    await using directory = await temporaryDirectory('recon-recipe-');
    const { profiles, release } = chooseRelease(recipe, environment);
    const result = await imageInfo(t, directory.path, await described(recipe, environment), profiles);
    if (result === undefined) return;
    assert.equal(result.status, 'ok', `${recipe.name} ${release}: ${result.text}`);
    assert.match(result.text, /"image": "recon"/);
  }
});

test('the check can fail: a value that the schema does not know, an rpm repository for debootstrap', async (t) => {
  const good = await described(await leap(), {});
  for (const bad of [
    good.replace('flags="dmsquash"', 'flags="squash"'),
    good.replace('<repository type="rpm-md"', '<repository type="rpm-md" use_for_bootstrap="true"'),
  ]) {
    assert.notEqual(bad, good);
    await using directory = await temporaryDirectory('recon-recipe-');
    const result = await imageInfo(t, directory.path, bad, ['DracutLive', 'Leap15']);
    if (result === undefined) return;
    assert.equal(result.status, 'failed', result.text);
  }
});

test('suse-leap-15.1: the live ISO as described, each release from its repositories and with what it has', async () => {
  const recipe = await leap();
  assert.equal(recipe.family, 'suse');
  const [old, own, next] = await Promise.all(['15.4', '', '16.0'].map((LEAP) => described(recipe, { LEAP })));
  for (const xml of [old, own, next]) {
    assert.match(xml ?? '', new RegExp(`<profile name="${recipe.profile}"`));
    for (const attribute of ['image="iso"', 'flags="dmsquash"', 'firmware="efi"', 'mediacheck="false"'])
      assert.ok(xml?.includes(attribute));
    assert.match(xml ?? '', /<packagemanager>zypper<\/packagemanager>/);
    assert.doesNotMatch(xml ?? '', /hybridpersistent|\{release\}|mirror:/);
  }
  assert.deepEqual(
    [own, next].map((xml) => imageVersion(xml ?? '')),
    ['15.x.1', '16.x.1'],
  );
  const four = (release: string): string[] => [
    `${MIRROR}/distribution/leap/${release}/repo/oss`,
    ...['oss', 'sle', 'backports'].map((name) => `${MIRROR}/update/leap/${release}/${name}`),
  ];
  assert.deepEqual([old, own, next].map(sourcesIn), [four('15.4'), four('15.6'), [`${MIRROR}/distribution/leap/16.0/repo/oss`]]);
  // 16 has no SysV scripts and no syslinux; its release package came out of the list of a base system, and zypper into it
  for (const name of ['systemd-sysvinit', 'syslinux', 'openSUSE-release'])
    assert.deepEqual(
      [own, next].map((xml) => xml?.includes(`"${name}"`)),
      [true, false],
      name,
    );
  assert.deepEqual(
    [own, next].map((xml) => xml?.includes('"zypper"')),
    [false, true],
  );
});

test("without a mirror of the site's, the distribution's own", async () => {
  const recipe = await leap();
  const { repositories } = await sourcesOf(recipe, { recipe: join(ROOT, 'recipes', recipe.name), repository: ROOT }, { LEAP: '16.0' });
  if (findLeapMirror(await zyppRepositories()) === undefined)
    assert.deepEqual(repositories, [{ kind: 'rpm', url: `${recipe.mirror}/distribution/leap/16.0/repo/oss` }]);
  const named = await sourcesOf(recipe, { recipe: join(ROOT, 'recipes', recipe.name), repository: ROOT }, { LEAP: '16.0', MIRROR });
  assert.deepEqual(named.repositories, [{ kind: 'rpm', url: `${MIRROR}/distribution/leap/16.0/repo/oss` }]);
});

test('each release has a tree of tools of its own, made from its own repositories', async () => {
  const recipe = await leap();
  const places = await Promise.all(
    ['15.4', '15.5', '15.6', '16.0'].map(async (LEAP) => {
      const { release, repositories } = await sourcesOf(
        recipe,
        { recipe: join(ROOT, 'recipes', recipe.name), repository: ROOT },
        { LEAP, MIRROR },
      );
      assert.ok(repositories.every(({ kind, url }) => kind === 'rpm' && url.includes(`/leap/${release}/`)));
      return [toolRootFolder(release), repositories.length];
    }),
  );
  assert.deepEqual(places, [
    ['builds/.tools/leap-15.4', 4],
    ['builds/.tools/leap-15.5', 4],
    ['builds/.tools/leap-15.6', 4],
    ['builds/.tools/leap-16.0', 1],
  ]);
});

async function leap(): Promise<Recipe> {
  return findRecipe(await listRecipes(join(ROOT, 'recipes')), 'suse-leap-15.1');
}

/** Each recipe with each release that it has. */
async function builds(): Promise<{ recipe: Recipe; environment: Record<string, string> }[]> {
  return (await listRecipes(join(ROOT, 'recipes'))).flatMap((recipe) => {
    const { releases } = recipe;
    if (releases === undefined) return [{ recipe, environment: {} }];
    return Object.keys(releases.profiles).map((release) => ({ recipe, environment: { [releases.setting]: release } }));
  });
}

async function described(recipe: Recipe, environment: Record<string, string>): Promise<string> {
  return describeImage(await configXml(recipe.name), { mirror: `${MIRROR}/`, ...chooseRelease(recipe, environment) });
}

function sourcesIn(xml: string | undefined): (string | undefined)[] {
  return [...(xml ?? '').matchAll(/<source path="([^"]+)"/g)].map((match) => match[1]);
}

async function configXml(recipe: string): Promise<string> {
  return readFile(join(ROOT, 'recipes', recipe, 'config.xml'), 'utf8');
}

/** What `kiwi-ng image info` says of a description; undefined, and the test skipped, on a host without KIWI. */
async function imageInfo(
  t: TestContext,
  directory: string,
  xml: string,
  profiles: readonly string[],
): Promise<{ status: string; text: string } | undefined> {
  await writeFile(join(directory, 'config.xml'), xml);
  const chosen = profiles.flatMap((profile) => ['--profile', profile]);
  const result = await run(['kiwi-ng', ...chosen, '--type', 'iso', 'image', 'info', '--description', directory], { timeoutMs: 60_000 });
  if (result.status === 'absent') {
    t.skip('there is no kiwi-ng on this host (Debian packages it up to release 12)');
    return undefined;
  }
  return { status: result.status, text: `${result.stdout}${result.stderr}` };
}
