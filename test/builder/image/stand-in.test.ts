import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { modulesFolder } from '../../../src/builder/image/prepared-root.ts';
import { markStandIn, standInDescription } from '../../../src/builder/image/stand-in.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const RECIPE = join(import.meta.dirname, '../../../recipes/suse-leap-15.1/config.xml');

test('a stand-in says so in file name and volume id, and nothing else of it changes', async () => {
  const xml = await readFile(RECIPE, 'utf8');
  const marked = standInDescription(xml);
  const changed = (text: string): string[] => text.split('\n').filter((line) => /stand.in/i.test(line));
  assert.deepEqual(changed(xml), []);
  assert.match(changed(marked).join('\n'), /^<image [^>]* name="recon-stand-in">\n.* volid="RECON_STAND_IN" [^\n]*$/);
  assert.equal(marked.replace('-stand-in', '').replace('_STAND_IN', ''), xml);
  assert.equal(standInDescription(marked), marked);
});

test('a root with the mark is one, and another keeps its description', async () => {
  for (const isMarked of [true, false]) {
    await using root = await temporaryDirectory('recon-root-');
    for (const path of ['etc', 'image']) await mkdir(join(root.path, path));
    await writeFile(join(root.path, 'image/config.xml'), await readFile(RECIPE));
    if (isMarked) await writeFile(join(root.path, 'etc/recon-stand-in'), '');
    assert.equal(await markStandIn(root.path), isMarked);
    assert.equal((await readFile(join(root.path, 'image/config.xml'), 'utf8')).includes('RECON_STAND_IN'), isMarked);
  }
});

test('modules are where the root has them', async () => {
  await using root = await temporaryDirectory('recon-root-');
  await mkdir(join(root.path, 'lib/modules'), { recursive: true });
  assert.equal(await modulesFolder(root.path), join(root.path, 'lib/modules'));
  await mkdir(join(root.path, 'usr/lib/modules'), { recursive: true });
  assert.equal(await modulesFolder(root.path), join(root.path, 'usr/lib/modules'));
});
