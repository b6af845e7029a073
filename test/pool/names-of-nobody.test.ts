import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandRig } from './api/command-rig.ts';

/** What nobody is called, in each command that takes a name. */
const OF_NOBODY: readonly (readonly string[])[] = [
  ['node', 'list', 'nobody'],
  ['node', 'show', 'nobody'],
  ['node', 'show', 'nobody', '--dmesg'],
  ['node', 'set', 'nobody', 'note=x'],
  ['node', 'rename', 'nobody', 'somebody'],
  ['node', 'rm', 'nobody'],
  ['node', 'release', 'nobody'],
  ['node', 'replace-nic', 'nobody', '--mac', '52:54:00:66:00:01', '52:54:00:66:00:07'],
  ['node', 'adopt', 'nobody', '--name', 'node-009'],
  ['node', 'add', 'No Name', '--mac', '52:54:00:66:00:09'],
  ['node', 'import', 'nobody.tar.gz'],
  ['assign', 'nobody', 'recon'],
  ['assign', 'node-000', 'nothing'],
  ['assign', 'group:nobody', 'recon'],
  ['why', 'nobody'],
  ['pool', 'show', '99'],
  ['pool', 'diff', '1', '99'],
  ['pool', 'rollback', '99'],
  ['pool', 'check', 'nowhere'],
  ['pool', 'apply', 'nowhere'],
  ['token', 'revoke', 'nobody'],
];

const IMAGES_OF_NOBODY: readonly (readonly string[])[] = [
  ['image', 'show', 'nobody'],
  ['image', 'check', 'nobody@1'],
  ['image', 'diff', 'nobody@1', 'nobody@2'],
  ['image', 'rm', 'nobody@1'],
  ['image', 'keep', 'nobody', '--last', '3'],
  ['image', 'import', 'nowhere', '--name', 'lab'],
  ['image', 'build', 'nobody'],
];

test('a name of nobody is a wrong call: exit code 2, a sentence, and nothing is changed', async (t) => {
  const { recon, store, directory } = await commandRig(t);
  for (const words of OF_NOBODY) assert.match(await recon(words), /^2 \S/, words.join(' '));
  const images = ['--images', join(directory, 'images')];
  for (const words of IMAGES_OF_NOBODY) assert.match(await recon([...words, ...images]), /^2 \S/, words.join(' '));
  assert.equal(store.state().revision, 1);
});
