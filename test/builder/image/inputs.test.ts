import assert from 'node:assert/strict';
import { chmod, mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashTree } from '../../../src/builder/image/inputs.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

test('the same tree, made in another order at another time, has the same hash', async () => {
  await using one = await temporaryDirectory('recon-tree-');
  await using two = await temporaryDirectory('recon-tree-');
  await makeTree(one.path, ['a', 'b', 'c', 'd']);
  await makeTree(two.path, ['d', 'b', 'c', 'a']);
  await utimes(join(two.path, 'a'), 1, 1);
  assert.equal(await hashTree(one.path), await hashTree(two.path));
  assert.match(await hashTree(one.path), /^[0-9a-f]{64}$/);
});

for (const [title, change] of [
  ['content', async (tree: string) => writeFile(join(tree, 'sub/a'), 'other')],
  ['a name', async (tree: string) => rename(join(tree, 'a'), join(tree, 'A'))],
  ['a directory', async (tree: string) => rename(join(tree, 'sub'), join(tree, 'sup'))],
  ['a new empty file', async (tree: string) => writeFile(join(tree, 'sub/new'), '')],
  ['a new empty directory', async (tree: string) => mkdir(join(tree, 'new'))],
  ['the target of a link', async (tree: string) => relink(tree, 'b')],
  ['a file in place of a link', async (tree: string) => rm(join(tree, 'link')).then(() => writeFile(join(tree, 'link'), 'link a'))],
  ['the right to be executed', async (tree: string) => chmod(join(tree, 'a'), 0o755)],
  [
    'the border between two files',
    async (tree: string) => writeFile(join(tree, 'a'), 'content of a\0b\0content of b').then(() => rm(join(tree, 'b'))),
  ],
] as const) {
  test(`another hash: ${title}`, async () => {
    await using directory = await temporaryDirectory('recon-tree-');
    await makeTree(directory.path, ['a', 'b', 'c', 'd']);
    const before = await hashTree(directory.path);
    await change(directory.path);
    assert.notEqual(await hashTree(directory.path), before);
  });
}

test('what is left out does not count, and only that', async () => {
  await using directory = await temporaryDirectory('recon-tree-');
  await makeTree(directory.path, ['a', 'b']);
  const without = await hashTree(directory.path, ['sub/a']);
  assert.notEqual(without, await hashTree(directory.path));
  await writeFile(join(directory.path, 'sub/a'), 'other');
  assert.equal(await hashTree(directory.path, ['sub/a']), without);
  await writeFile(join(directory.path, 'a'), 'other');
  assert.notEqual(await hashTree(directory.path, ['sub/a']), without);
});

async function makeTree(tree: string, names: readonly string[]): Promise<void> {
  await mkdir(join(tree, 'sub'));
  for (const name of names) {
    await writeFile(join(tree, name), `content of ${name}`);
    await writeFile(join(tree, 'sub', name), `below ${name}`);
  }
  await symlink('a', join(tree, 'link'));
}

async function relink(tree: string, target: string): Promise<void> {
  await rm(join(tree, 'link'));
  await symlink(target, join(tree, 'link'));
}
