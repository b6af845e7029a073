import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../../../src/domain/pool/profile.ts';
import { numberedChoice, requireImageOf } from '../../../src/pool/api/parts/known-image.ts';

const profiles = new Map<string, Profile>([
  ['compute', { kind: 'compute', image: 'debian@3', root: 'squashfs', disks: 'read-only' }],
  ['rolling', { kind: 'compute', image: 'debian@newest', root: 'squashfs', disks: 'read-only' }],
  ['failsafe', { kind: 'failsafe' }],
  ['local-disk', { kind: 'local-disk' }],
]);
const images = [
  { name: 'debian', version: 3 },
  { name: 'debian', version: 4 },
  { name: 'failsafe', version: 1 },
];

for (const [choice, numbered] of [
  ['compute', 'compute@3'],
  ['compute@2', 'compute@2'],
  ['compute@newest', 'compute@4'],
  ['rolling', 'rolling@4'],
  ['failsafe', 'failsafe@1'],
  ['local-disk', 'local-disk'],
] as const)
  test(`${choice} would say that it runs ${numbered}`, () => assert.equal(numberedChoice({ profiles }, images, choice), numbered));

test('of an image that is not here the version is not known', () => assert.equal(numberedChoice({ profiles }, [], 'rolling'), 'rolling'));

test('a version whose kernel and root are not of one build is refused when it is assigned, by whatever name it is meant', async () => {
  const asked: string[] = [];
  const there = {
    list: async () => images,
    trouble: async ({ name, version }: { name: string; version: number }) => {
      asked.push(`${name}@${version}`);
      return version === 4 ? 'the kernel is 6.12.1, and the root has modules of 6.1 only' : undefined;
    },
    remove: async () => {},
  };
  await requireImageOf({ profiles }, there, 'compute');
  for (const boot of ['compute@4', 'compute@newest', 'rolling'])
    await assert.rejects(requireImageOf({ profiles }, there, boot), {
      code: 'usage',
      message: 'debian@4 cannot be booted: the kernel is 6.12.1, and the root has modules of 6.1 only',
    });
  await requireImageOf({ profiles }, there, 'local-disk');
  // a profile that names no image boots the one of its own name
  await requireImageOf({ profiles }, there, 'failsafe');
  await assert.rejects(requireImageOf({ profiles }, there, 'failsafe@7'), { code: 'usage', message: 'there is no version 7 of failsafe' });
  assert.deepEqual(asked, ['debian@3', 'debian@4', 'debian@4', 'debian@4', 'failsafe@1']);
});
