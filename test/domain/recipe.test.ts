import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recipe } from '../../src/domain/recipe.ts';

const GOOD = {
  name: 'debian-13',
  description: 'a live ISO',
  family: 'debian',
  suite: 'trixie',
  profile: 'DracutLive',
  grubDirectory: 'boot/grub',
  loaders: { 'undionly.kpxe': 'usr/lib/a', 'snponly.efi': 'usr/lib/b' },
};

test('a good recipe', () => assert.deepEqual(Recipe.parse(GOOD), { ...GOOD, architecture: 'x86_64' }));

for (const [title, change] of [
  ['a key that nobody reads', { mirror: 'x' }],
  ['a name that leaves its directory', { name: '../etc' }],
  ['a family that cannot be built', { family: 'arch' }],
  ['an absolute path', { grubDirectory: '/boot/grub' }],
  ['a loader that is not served', { loaders: { ...GOOD.loaders, 'ipxe.efi': 'usr/lib/c' } }],
  ['a processor that nothing is known of', { architecture: 'riscv64' }],
  ['loaders of another processor', { architecture: 'arm64' }],
  ['a loader that is missing', { loaders: { 'snponly.efi': 'usr/lib/b' } }],
  ['no description', { description: '' }],
] as const) {
  test(`refused: ${title}`, () => assert.equal(Recipe.safeParse({ ...GOOD, ...change }).success, false));
}

test('refused: a path that climbs', () => {
  assert.equal(Recipe.safeParse({ ...GOOD, grubDirectory: '../../etc' }).success, false);
});
