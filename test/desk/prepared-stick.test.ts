import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkPreparedStick } from '../../src/desk/prepared-stick.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';

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
    'recon.yaml sets site, expected',
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
