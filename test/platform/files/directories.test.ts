import assert from 'node:assert/strict';
import promises, { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { makeDirectory, makeNewDirectory, namesIn, removePath } from '../../../src/platform/files/directories.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { movePath } from '../../../src/platform/files/move-path.ts';
import { listDirectory, openWorkDirectory } from '../../../src/platform/files/work-directory.ts';
import { replaceBuiltin, systemError } from './replace-builtin.ts';

it('makes a directory and those above it, and is content with one that is there', async () => {
  await using directory = await temporaryDirectory('recon-directories-');
  const path = join(directory.path, 'a/b/c');
  await makeDirectory(path);
  await makeDirectory(path);
  assert.equal(await exists(path), true);
  await writeFile(join(directory.path, 'file'), '');
  await assert.rejects(makeDirectory(join(directory.path, 'file/b')), { code: 'ENOTDIR' });
});

it('tells that a medium is read-only, and not that a directory is missing', async (t) => {
  await using directory = await temporaryDirectory('recon-directories-');
  const { mkdir: real } = promises;
  const made: string[] = [];
  let isReadOnly = true;
  replaceBuiltin(t, 'mkdir', async (path: string) => {
    made.push(path.slice(directory.path.length));
    if (!isReadOnly) await real(path);
    else throw systemError((await exists(dirname(path))) ? 'EROFS' : 'ENOENT');
  });
  await assert.rejects(makeDirectory(join(directory.path, 'a/b/c')), { code: 'EROFS' });
  assert.deepEqual(made, ['/a/b/c', '/a/b', '/a']);
  made.length = 0;
  isReadOnly = false;
  await makeDirectory(join(directory.path, 'a/b/c'));
  assert.deepEqual(made, ['/a/b/c', '/a/b', '/a', '/a/b', '/a/b/c']);
});

it('takes what somebody else makes at the same moment, above it and in its place', async (t) => {
  await using directory = await temporaryDirectory('recon-directories-');
  const { mkdir: real } = promises;
  // each time they were a moment faster: the kernel says what was so, and then it is made
  const faster = [join(directory.path, 'a'), join(directory.path, 'a/b')];
  replaceBuiltin(t, 'mkdir', async (path: string) => {
    const error = await real(path).catch((error: unknown) => error);
    for (const one of faster.splice(0)) await real(one).catch(() => {});
    if (error !== undefined) throw error;
  });
  await makeDirectory(join(directory.path, 'a/b/c'));
  assert.deepEqual(faster, []);
  assert.equal(await exists(join(directory.path, 'a/b/c')), true);
  const many = Array.from({ length: 20 }, (_, number) => join(directory.path, 'x/y/z', `${number % 5}`));
  await Promise.all(many.map(makeDirectory));
  assert.equal((await namesIn(join(directory.path, 'x/y/z'))).length, 5);
});

it('ends where nothing can be made', async () => {
  // Node's own way to make several goes round in circles there for good
  for (const path of ['/proc/recon', '/proc/recon/a/b']) await assert.rejects(makeDirectory(path), { code: 'ENOENT' });
});

it('lists names in order, and removes what is there', async () => {
  await using directory = await temporaryDirectory('recon-directories-');
  for (const name of ['b', 'c', 'a']) await mkdir(join(directory.path, name, 'sub'), { recursive: true });
  assert.deepEqual(await namesIn(directory.path), ['a', 'b', 'c']);
  await movePath(join(directory.path, 'b'), join(directory.path, 'd'));
  await removePath(join(directory.path, 'a'));
  await removePath(join(directory.path, 'a'));
  assert.deepEqual(await namesIn(directory.path), ['c', 'd']);
  await assert.rejects(namesIn(join(directory.path, 'a')), { code: 'ENOENT' });
});

it('lists in order, whatever the kernel says first', async (t) => {
  replaceBuiltin(t, 'readdir', async () => ['b', 'a', 'c']);
  assert.deepEqual(await namesIn('/anywhere'), ['a', 'b', 'c']);
  assert.deepEqual(await listDirectory('/anywhere'), ['a', 'b', 'c']);
});

it('takes a directory that does not exist for an empty one, and nothing else', async () => {
  await using directory = await temporaryDirectory('recon-directories-');
  const path = join(directory.path, 'x');
  assert.deepEqual(await listDirectory(path), []);
  await writeFile(path, '');
  await assert.rejects(listDirectory(path), { code: 'ENOTDIR' });
  for (const name of ['z', 'y']) await writeFile(join(directory.path, name), '');
  assert.deepEqual(await listDirectory(directory.path), ['x', 'y', 'z']);
});

it('opens a work directory that is empty or new, and leaves another alone', async () => {
  await using directory = await temporaryDirectory('recon-directories-');
  const path = join(directory.path, 'deep/work');
  const work = await openWorkDirectory(path);
  assert.equal(work.path, path);
  const sub = await work.subdirectory('a/b');
  assert.equal(sub, join(path, 'a/b'));
  assert.equal(await work.subdirectory('a/b'), sub);
  await writeFile(join(sub, 'trace'), '');
  await assert.rejects(openWorkDirectory(path), { code: 'not-writable', message: `${path} is not empty` });
  assert.deepEqual(await readdir(sub), ['trace']);
  await work.remove();
  assert.equal(await exists(path), false);
  await work.remove();
});

it('makes a directory that is new, with those above it, and says when something has its name already', async () => {
  await using directory = await temporaryDirectory('recon-directories-');
  const path = join(directory.path, 'deep/er/new');
  assert.equal(await makeNewDirectory(path), true);
  assert.equal(await makeNewDirectory(path), false);
  assert.equal(await makeNewDirectory(join(directory.path, 'deep/other')), true);
  await writeFile(join(path, 'file'), '');
  assert.equal(await makeNewDirectory(join(path, 'file')), false, 'not a directory, and in the way');
  await assert.rejects(makeNewDirectory(join(path, 'file/below')), { code: 'ENOTDIR' });
  await assert.rejects(makeNewDirectory('/proc/recon/new'), { code: 'ENOENT' });
});
