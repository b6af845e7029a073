import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTarget, TARGETS } from '../../src/builder/targets.ts';
import { targetsText, usageText } from '../../src/builder/usage.ts';
import type { Recipe } from '../../src/domain/recipe.ts';

const DEBIAN: Recipe = {
  name: 'debian-13',
  description: 'one line about Debian',
  family: 'debian',
  architecture: 'x86_64',
  suite: 'trixie',
  profile: 'DracutLive',
  grubDirectory: 'boot/grub',
  loaders: { 'undionly.kpxe': 'a', 'snponly.efi': 'b' },
};
const SUSE: Recipe = {
  ...DEBIAN,
  name: 'suse-leap-15.1',
  description: 'one line about openSUSE',
  suite: '15.6',
  mirror: 'https://opensuse.example',
  releases: { setting: 'LEAP', profiles: { '15.6': 'A', '16.0': 'B' } },
};

test('golden: usage', async () => assert.equal(usageText([DEBIAN, SUSE]), await golden('usage.txt')));

test('golden: targets of a recipe', async () => assert.equal(targetsText(SUSE), await golden('targets.txt')));

test('a recipe of one release has no setting for it', () => assert.doesNotMatch(targetsText(DEBIAN), /LEAP|example/));

test('no recipes are no error', () => assert.match(usageText([]), /Recipes:\n$/));

test('targets are found by their whole name only', () => {
  for (const { name } of TARGETS) assert.equal(findTarget(name), name);
  for (const name of ['', 'tar', 'Target', 'constructor', 'target ']) assert.equal(findTarget(name), undefined);
});

async function golden(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, 'golden', name), 'utf8');
}
