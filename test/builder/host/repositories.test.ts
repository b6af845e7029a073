import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoriesOf } from '../../../src/builder/host/repositories.ts';
import { describeImage } from '../../../src/builder/image/description.ts';

const RECIPES = join(import.meta.dirname, '../../../recipes');
const described = async (recipe: string, mirror: string, profile = ''): Promise<string> =>
  describeImage(await readFile(join(RECIPES, recipe, 'config.xml'), 'utf8'), { mirror, release: '9.9', profiles: [profile] });

test('the repositories of each recipe, with the mirror as it was given', async () => {
  assert.deepEqual(repositoriesOf(await described('debian-13', 'http://mirror.example/a?b=1&c="2"')), [
    {
      kind: 'apt',
      url: 'http://mirror.example/a?b=1&c="2"',
      release: 'trixie',
      components: ['main', 'non-free-firmware'],
      architecture: 'amd64',
    },
  ]);
  const suse = async (profile: string): Promise<string[]> =>
    repositoriesOf(await described('suse-leap-15.1', 'http://mirror.example/pub', profile)).map(({ kind, url }) => `${kind} ${url}`);
  const oss = 'rpm http://mirror.example/pub/distribution/leap/9.9/repo/oss';
  const updates = ['oss', 'sle', 'backports'].map((name) => `rpm http://mirror.example/pub/update/leap/9.9/${name}`);
  assert.deepEqual(await suse('Leap15'), [oss, ...updates]);
  assert.deepEqual(await suse('Leap16'), [oss]);
});
