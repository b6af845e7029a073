import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ReconError } from '../../../../src/domain/errors.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { poolFromFiles } from '../../../../src/pool/folder/parse-folder.ts';
import { keptText } from '../../../../src/pool/image/desk/image-words.ts';
import { imageUsers } from '../../../../src/pool/image/store/image-users.ts';
import { placeImage } from '../../../../src/pool/image/store/place-image.ts';
import { keepImages, removeImage } from '../../../../src/pool/image/store/remove-image.ts';
import { storedImages } from '../../../../src/pool/image/store/stored-images.ts';

async function threeVersions(directory: string): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    await placeImage({
      directory,
      name: 'lab',
      fill: async (partial) => {
        for (const file of ['kernel', 'ramdisk']) await writeFile(join(partial, file), file);
        return { kind: 'compute', architecture: 'x86_64', builtAt: '2026-11-01T10:00:00.000Z', kernelRelease: '6.12.1' };
      },
    });
  }
}

const versions = async (directory: string): Promise<number[]> => (await storedImages(directory)).images.map(({ version }) => version);

test('a version that something boots stays, and says what', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  await threeVersions(directory.path);
  const refused = removeImage(directory.path, { name: 'lab', version: 2 }, ({ version }) => (version === 2 ? ['node node-000'] : []));
  await assert.rejects(
    refused,
    (error) => error instanceof ReconError && error.exitCode === 2 && /booted by node node-000/.test(error.message),
  );
  await removeImage(directory.path, { name: 'lab', version: 1 }, () => []);
  assert.deepEqual(await versions(directory.path), [2, 3]);
  await assert.rejects(
    removeImage(directory.path, { name: 'lab', version: 1 }, () => []),
    /there is no image lab@1/,
  );
});

test('the newest stay, and older ones that something boots', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  await threeVersions(directory.path);
  const kept = await keepImages(directory.path, { name: 'lab', last: 1 }, ({ version }) => (version === 1 ? ['profile old'] : []));
  assert.deepEqual(kept, { removed: [2], needed: [{ version: 1, users: ['profile old'] }], failed: [] });
  assert.deepEqual(await versions(directory.path), [1, 3]);
  assert.deepEqual((await keepImages(directory.path, { name: 'lab', last: 5 }, () => [])).removed, []);
});

test('what cannot be taken away is named, and the others go all the same', async () => {
  await using directory = await temporaryDirectory('recon-images-');
  await threeVersions(directory.path);
  const kept = await keepImages(...([directory.path, { name: 'lab', last: 1 }, () => []] as const), async (path) => {
    if (path.endsWith('/1')) throw new Error('EBUSY: resource busy');
  });
  assert.deepEqual(kept, { removed: [2], needed: [], failed: [{ version: 1, reason: 'EBUSY: resource busy' }] });
  assert.equal(keptText('lab', kept), '1 version of lab gone: 2\nlab@1 could not be taken away: EBUSY: resource busy');
});

test('what needs a version is found in profiles, nodes, groups, rules and defaults', () => {
  const outcome = poolFromFiles(
    new Map([
      ['pool.yaml', 'default: compute@5\nrules:\n  - { when: { vendor: Dell* }, boot: compute@3 }\n'],
      ['profiles/compute.yaml', 'kind: compute\nimage: lab@2\n'],
      ['profiles/newest.yaml', 'kind: compute\nimage: lab@newest\n'],
      ['nodes.yaml', "node-000: { macs: ['52:54:00:66:00:01'], boot: compute, once: compute@3 }\n"],
      ['groups.yaml', 'rack1: { boot: newest }\n'],
    ]),
  );
  assert.ok(outcome.outcome === 'ok');
  const users = (version: number, isNewest = false, name = 'lab'): string[] =>
    imageUsers(outcome.pool, { name, version, isNewest }).map((user) => user.replace(/ \(.*/, ''));
  assert.deepEqual(users(1), []);
  assert.deepEqual(users(2), ['profile compute']);
  assert.deepEqual(users(3), ['node node-000', 'rule 1']);
  assert.deepEqual(users(5), ['default']);
  assert.deepEqual(users(7, true), ['profile newest']);
  assert.deepEqual(users(3, false, 'other'), []);
  // the profile that is always there boots the newest image of its name
  assert.deepEqual(users(4, true, 'failsafe'), ['profile failsafe']);
  const running = [
    { name: 'node-001', runs: 'compute@1' },
    { name: 'node-002', runs: 'local-disk' },
  ];
  const runs = (version: number): string[] => imageUsers(outcome.pool, { name: 'lab', version, isNewest: false }, running);
  assert.deepEqual([runs(1), runs(9)], [['node-001, which runs it'], []]);
  assert.match(imageUsers(outcome.pool, { name: 'lab', version: 2, isNewest: false })[0] ?? '', /profiles\/compute\.yaml line \d/);
});
