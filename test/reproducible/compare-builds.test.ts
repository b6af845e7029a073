import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packInitrd } from '../../src/builder/initrd/pack-initrd.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';
import { compareBuilds } from './compare-builds.ts';

const TIMEOUT = { timeoutMs: 60_000 };

test('the same builds do not differ; of others each part is told that does, and what of it', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('mounting an image needs root');
  await using directory = await temporaryDirectory('recon-compare-');
  const [one, other] = [join(directory.path, 'one'), join(directory.path, 'other')];
  await smallBuild(directory.path, one, 'same');
  await cp(one, other, { recursive: true, preserveTimestamps: true });
  await writeFile(join(other, 'build.log'), 'at another time');
  assert.deepEqual(await compareBuilds(one, other), []);

  await smallBuild(directory.path, other, 'else');
  await writeFile(join(other, 'manifest.json'), 'a\nc\n');
  await writeFile(join(other, 'more'), '');
  const iso = await open(join(other, 'recon.iso'), 'r+');
  await iso.write('x', 0);
  await iso.close();
  const lines = await compareBuilds(one, other);
  for (const line of [
    'initrd-1 differs:',
    '  /etc/name: content (4 | 4 bytes)',
    'manifest.json differs:',
    '  line 2: b | c',
    'more differs:',
    '  it is in one build only',
    'recon-1.squashfs differs:',
    'recon.iso differs:',
    '  boot code and partition table: 1 blocks of 2048 bytes, from byte 0 of the ISO',
  ])
    assert.ok(lines.includes(line), `"${line}" is not in:\n${lines.join('\n')}`);
  assert.ok(
    lines.some((line) => /^ {2}file \/etc\/name: 1 blocks of 2048 bytes, from byte \d+ of the ISO$/.test(line)),
    lines.join('\n'),
  );
});

test('what was packed in another way holds the same', async () => {
  await using directory = await temporaryDirectory('recon-compare-');
  const [one, other] = [join(directory.path, 'one'), join(directory.path, 'other')];
  await smallBuild(directory.path, one, 'same');
  await cp(one, other, { recursive: true, preserveTimestamps: true });
  await packInitrd(join(directory.path, 'tree'), join(other, 'initrd-1'), { work: directory.path, packer: ['zstd', '-q', '-1'] });
  assert.deepEqual(await compareBuilds(one, other), ['initrd-1 differs:', '  the same files, packed in another way']);
});

async function smallBuild(scratch: string, to: string, name: string): Promise<void> {
  const tree = join(scratch, 'tree');
  for (const path of ['etc/name', 'usr/file']) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), path === 'etc/name' ? name : 'file');
  }
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'build.log'), 'log');
  await writeFile(join(to, 'manifest.json'), 'a\nb\n');
  await packInitrd(tree, join(to, 'initrd-1'), { work: scratch, packer: ['zstd', '-q', '-19'] });
  const environment = { SOURCE_DATE_EPOCH: '1700000000' };
  await runOk(['mksquashfs', tree, join(to, 'recon-1.squashfs'), '-noappend', '-quiet', '-no-progress'], { ...TIMEOUT, environment });
  await runOk(['xorriso', '-outdev', join(to, 'recon.iso'), '-blank', 'as_needed', '-map', tree, '/', '-commit'], {
    ...TIMEOUT,
    environment,
  });
  await appendFile(join(to, 'build.log'), 'end');
}
