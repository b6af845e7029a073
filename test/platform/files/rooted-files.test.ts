import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { rootedFiles } from '../../../src/platform/files/rooted-files.ts';

test('links never lead out of the root', async () => {
  await using work = await temporaryDirectory('recon-rooted-');
  const root = join(work.path, 'root');
  await mkdir(join(root, 'a/b'), { recursive: true });
  await writeFile(join(work.path, 'outside'), 'host');
  await writeFile(join(root, 'a/inside'), 'guest');
  await symlink('../../../../outside', join(root, 'a/b/up'));
  await symlink('/a/inside', join(root, 'a/b/absolute'));
  await symlink(join(work.path, 'outside'), join(root, 'a/host'));
  await symlink('loop', join(root, 'a/loop'));
  const files = rootedFiles(root);
  assert.equal((await files.read('a/b/absolute', 100))?.toString(), 'guest');
  for (const path of ['a/b/up', 'a/host', 'a/loop', 'a/none', 'a/b', 'a/inside/below', '../outside'])
    assert.equal(await files.read(path, 100), undefined, path);
  assert.deepEqual(await files.list('a'), ['b', 'host', 'inside', 'loop']);
  assert.deepEqual(await files.list('a/inside'), []);
});

test('a file is read up to its cap', async () => {
  await using work = await temporaryDirectory('recon-rooted-');
  await writeFile(join(work.path, 'big'), 'x'.repeat(200_000));
  const files = rootedFiles(work.path);
  assert.equal((await files.read('big', 100_000))?.length, 100_000);
  assert.equal((await files.read('big', 1_000_000))?.length, 200_000);
});

test('files of /proc, which say that they have no bytes, are read whole', async () => {
  assert.match((await rootedFiles('/').read('proc/version', 1000))?.toString() ?? '', /^Linux version/);
});
