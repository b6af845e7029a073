import assert from 'node:assert/strict';
import promises, { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { rootedFiles } from '../../../src/platform/files/rooted-files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { replaceBuiltin } from './replace-builtin.ts';

/** A tree with directories two deep, files, and links of each kind. */
async function tree() {
  const directory = await temporaryDirectory('recon-tree-');
  const at = (name: string): string => join(directory.path, name);
  await mkdir(at('a/b/c'), { recursive: true });
  for (const name of ['top', 'a/one', 'a/b/two', 'a/b/c/three', 'a/b/c/four']) await writeFile(at(name), `of ${name}`);
  const links = {
    'a/up': '../top',
    'a/b/c/far': '../../one',
    'a/b/c/absolute': '/a/b/two',
    'a/sub': 'b/c',
    'a/b/c/dots': './three',
    'above-root': '../../../top',
    'a/b/up-and-down': '../b/c/three',
  };
  for (const [name, target] of Object.entries(links)) await symlink(target, at(name));
  return { at, path: directory.path, files: rootedFiles(directory.path), [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it('reads through links of every kind, and says where a path leads', async () => {
  await using made = await tree();
  const cases: [path: string, real: string][] = [
    ['top', 'top'],
    ['a/b/two', 'a/b/two'],
    ['a/up', 'top'],
    ['a/b/c/far', 'a/one'],
    ['a/b/c/absolute', 'a/b/two'],
    ['a/sub/three', 'a/b/c/three'],
    ['a/sub/far', 'a/one'],
    ['a/b/c/dots', 'a/b/c/three'],
    ['above-root', 'top'],
    ['a/b/up-and-down', 'a/b/c/three'],
    ['a//b/./two', 'a/b/two'],
    ['a/b/../one', 'a/one'],
    ['../top', 'top'],
  ];
  for (const [path, real] of cases) {
    assert.equal(await made.files.resolve(path), real, path);
    assert.equal(String(await made.files.read(path, 100)), `of ${real}`, path);
  }
  for (const path of ['none', 'none/x', 'top/x', 'a/b/none/two']) assert.equal(await made.files.resolve(path), undefined, path);
  assert.deepEqual(await made.files.list('a/sub'), ['absolute', 'dots', 'far', 'four', 'three']);
  assert.deepEqual(await made.files.list('none'), []);
  assert.deepEqual(await made.files.list(''), ['a', 'above-root', 'top']);
});

it('lists in order, whatever the kernel says first', async (t) => {
  await using made = await tree();
  replaceBuiltin(t, 'readdir', async () => ['b', 'a', 'c']);
  assert.deepEqual(await made.files.list('a'), ['a', 'b', 'c']);
});

it('is a view of one moment: what it found once, it does not look for again', async () => {
  await using made = await tree();
  assert.equal(await made.files.resolve('a/up'), 'top');
  await rm(made.at('a/up'));
  assert.equal(await made.files.resolve('a/up'), 'top');
  assert.equal(await rootedFiles(made.path).resolve('a/up'), undefined);
});

it('takes a root with slashes at its end', async () => {
  await using made = await tree();
  const { lstat } = promises;
  assert.equal(String(await rootedFiles(`${made.path}//`).read('a/one', 100)), 'of a/one');
  assert.ok((await lstat('/')).isDirectory());
  assert.deepEqual((await rootedFiles('/').list(made.path.slice(1))).length, 3);
});

it('follows forty links, as the kernel does, and not one more', async () => {
  await using made = await tree();
  await symlink('top', made.at('link1'));
  for (let number = 2; number <= 41; number += 1) await symlink(`link${number - 1}`, made.at(`link${number}`));
  assert.equal(await made.files.resolve('link40'), 'top');
  assert.equal(await made.files.resolve('link41'), undefined);
});

it('reads a long file in order and to its limit, and waits for nobody', async () => {
  await using made = await tree();
  const long = Buffer.from(Array.from({ length: 150_000 }, (_, at) => (at * 7) % 251));
  await writeFile(made.at('long'), long);
  assert.deepEqual(await made.files.read('long', 1_000_000), long);
  assert.deepEqual(await made.files.read('long', 65_537), long.subarray(0, 65_537));
  assert.deepEqual(await made.files.read('long', 150_000), long);
  assert.equal((await made.files.read('long', 10))?.length, 10);
  assert.equal((await made.files.read('long', 0))?.length, 0);
  await run(['mkfifo', made.at('pipe')], { timeoutMs: 60_000 });
  assert.equal(await made.files.read('pipe', 100), undefined, 'nobody writes into it');
});
