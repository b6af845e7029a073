import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkPreparedStick } from '../../src/desk/prepared-stick.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { openRawImage } from '../../src/platform/machine/raw-image.ts';
import { makeFatImage } from '../platform/fat/fat-image.ts';

async function checked(files: Record<string, string | Buffer>) {
  await using directory = await temporaryDirectory('recon-check-');
  await mkdir(join(directory.path, 'collectors'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory.path, name), content);
  return await checkPreparedStick(directory.path, join(directory.path, 'work'));
}

test('what a master would say is said at the desk', async () => {
  const list = Buffer.from('\uFEFFSeriennummer;Foo\nA1;x\nA2;y\n', 'utf16le');
  const { said, mistakes } = await checked({ 'recon.yaml': 'site: Süd\nexpected:\n  file: list.csv\n', 'list.csv': list });
  assert.deepEqual(mistakes, []);
  assert.deepEqual(said, [
    'list.csv: 2 machines: 2 by serial number; ignored: column Foo; read as UTF-16',
    'recon.yaml sets site "Süd", expected',
  ]);
});

test('mistakes of all files are told together', async () => {
  const { mistakes } = await checked({
    'recon.yaml': 'ipv6: no\n',
    'collectors/collectors.yaml': 'collectors:\n  - name: a\n    run: a.sh\n',
    'collectors/a.sh': 'echo hello\n',
  });
  assert.equal(mistakes.length, 2);
  assert.match(mistakes.join('\n'), /^recon\.yaml line 1: ipv6: .*\ncollectors\/a\.sh: it is no program/);
});

test('an empty directory is as usual, and one that is not there is told', async () => {
  assert.deepEqual(await checked({}), { said: ['there is no recon.yaml: everything is as usual'], mistakes: [] });
  await assert.rejects(checkPreparedStick('/nowhere/at/all', '/nowhere'), { code: 'not-found' });
});

test('a partition, or a whole stick with a table of partitions, as device or image: the same, and nothing is changed', async () => {
  await using directory = await temporaryDirectory('recon-check-');
  const [partition, stick] = [join(directory.path, 'partition.img'), join(directory.path, 'stick.img')];
  await makeFatImage(partition, { 'recon.yaml': 'expected:\n  file: list.csv\n', 'list.csv': 'serial\nA1\n', 'collectors/x.sh': 'echo' });
  const bytes = await readFile(partition);
  await writeFile(stick, Buffer.alloc(1024 * 1024));
  {
    await using image = await openRawImage(stick, 'read-write');
    const table = Buffer.alloc(16);
    table.writeUInt8(0x0c, 4);
    table.writeUInt32LE(2048, 8);
    table.writeUInt32LE(bytes.length / 512, 12);
    await image.write(446, table);
    await image.write(2048 * 512, bytes);
  }
  for (const [at, path] of [partition, stick].entries()) {
    const { said, mistakes } = await checkPreparedStick(path, join(directory.path, `work-${at}`));
    assert.deepEqual(said.slice(0, 2), ['list.csv: 1 machine: 1 by serial number', 'recon.yaml sets expected'], path);
    assert.equal(mistakes.length, 1, 'the collector that nobody names');
  }
  assert.ok(bytes.equals(await readFile(partition)));
});

test('a file that is no stick is told, with what to name', async () => {
  await using directory = await temporaryDirectory('recon-check-');
  await writeFile(join(directory.path, 'recon.yaml'), 'site: a\n');
  await assert.rejects(checkPreparedStick(join(directory.path, 'recon.yaml'), directory.path), {
    code: 'not-found',
    message: /holds no FAT32 file system with recon\.yaml$/,
  });
});
