import assert from 'node:assert/strict';
import { chmod, chown, mkdir, readFile, readlink, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { copyTree, installFile, linkUnlessThere, normaliseModes, setMode, shareFile } from '../../../src/platform/files/build-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

it('installs a file with its mode, whatever the mode of the original', async () => {
  await using directory = await temporaryDirectory('recon-build-');
  const [from, to] = [join(directory.path, 'from'), join(directory.path, 'to')];
  await writeFile(from, 'words', { mode: 0o600 });
  await installFile(from, to, 0o755);
  assert.deepEqual([await readFile(to, 'utf8'), await modeOf(to)], ['words', '755']);
  await setMode(to, 0o640);
  assert.equal(await modeOf(to), '640');
});

it('installs a file as our own, whoever owns the original', {
  skip: process.getuid?.() === 0 ? false : 'only root can give a file away',
}, async () => {
  await using directory = await temporaryDirectory('recon-build-');
  const [from, to] = [join(directory.path, 'from'), join(directory.path, 'to')];
  await writeFile(from, 'words');
  await chown(from, 64_078, 64_078);
  await installFile(from, to, 0o755);
  assert.equal((await stat(to)).uid, 0, 'who owns a program that root runs may write it');
});

it('copies a tree with its links and times as they are', async () => {
  await using directory = await temporaryDirectory('recon-build-');
  const at = (name: string): string => join(directory.path, name);
  await mkdir(at('from/sub'), { recursive: true });
  await writeFile(at('from/sub/file'), 'words');
  await utimes(at('from/sub/file'), 1000, 2000);
  await symlink('sub/file', at('from/link'));
  await copyTree(at('from'), at('to'));
  assert.equal(await readFile(at('to/sub/file'), 'utf8'), 'words');
  assert.equal((await stat(at('to/sub/file'))).mtimeMs, 2_000_000);
  assert.equal(await readlink(at('to/link')), 'sub/file');
});

it('gives a loose checkout the modes of an image', async () => {
  await using directory = await temporaryDirectory('recon-build-');
  const at = (name: string): string => join(directory.path, name);
  await mkdir(at('sub'));
  for (const [name, mode] of [
    ['sub/program', 0o777],
    ['sub/text', 0o666],
    ['group-program', 0o610],
    ['other-program', 0o601],
  ] as const) {
    await writeFile(at(name), '');
    await chmod(at(name), mode);
  }
  await symlink('/nowhere', at('sub/link'));
  for (const name of ['', 'sub']) await chmod(at(name), 0o777);
  await normaliseModes(directory.path);
  const modes = await Promise.all(['', 'sub', 'sub/program', 'sub/text', 'group-program', 'other-program'].map((name) => modeOf(at(name))));
  assert.deepEqual(modes, ['755', '755', '755', '644', '644', '644']);
});

it('gives a file one more name, and nothing that is there another content', async () => {
  await using directory = await temporaryDirectory('recon-build-');
  const at = (name: string): string => join(directory.path, name);
  await writeFile(at('file'), 'words');
  await shareFile(at('file'), at('other'));
  assert.equal((await stat(at('other'))).ino, (await stat(at('file'))).ino);
  await assert.rejects(shareFile(at('file'), at('other')), { code: 'EEXIST' });
  await linkUnlessThere('file', at('link'));
  await linkUnlessThere('other', at('link'));
  assert.equal(await readlink(at('link')), 'file');
  await linkUnlessThere('other', at('file'));
  assert.equal(await readFile(at('file'), 'utf8'), 'words');
  await assert.rejects(linkUnlessThere('file', at('none/link')), { code: 'ENOENT' });
});
