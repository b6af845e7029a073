import assert from 'node:assert/strict';
import promises, { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import test from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { rootedFiles } from '../../../src/platform/files/rooted-files.ts';
import { replaceBuiltin } from './replace-builtin.ts';

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

test('what a path says of its directory is asked once for all its files, as a capture reads thousands below /sys', async (t) => {
  await using work = await temporaryDirectory('recon-rooted-');
  await mkdir(join(work.path, 'devices/pci/net'), { recursive: true });
  await symlink('devices/pci/net', join(work.path, 'class'));
  for (const name of ['address', 'flags']) await writeFile(join(work.path, 'devices/pci/net', name), name);
  const { lstat } = promises;
  const asked: string[] = [];
  replaceBuiltin(t, 'lstat', async (path: string) => {
    asked.push(relative(work.path, path));
    return lstat(path);
  });
  const files = rootedFiles(work.path);
  for (const path of ['class/address', 'class/flags', 'class/address'])
    assert.equal((await files.read(path, 100))?.toString(), basename(path));
  assert.deepEqual(asked, [
    ...['class', 'devices', 'devices/pci', 'devices/pci/net'],
    ...['devices/pci/net/address', 'devices/pci/net/flags'],
  ]);
  assert.equal((await files.read('class/../net/./flags', 100))?.toString(), 'flags');
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
