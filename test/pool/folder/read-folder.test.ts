import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { folderReader } from '../../../src/pool/folder/read-folder.ts';

const LONG = `# ${'ü💾'.repeat(60_000)}\n`;

test('what is expected in a folder is taken only where it lies there, byte for byte', async () => {
  await using directory = await temporaryDirectory('recon-folder-');
  const read = folderReader(directory.path);
  const put = (bytes: string | Buffer): Promise<void> => writeFile(join(directory.path, 'pool.yaml'), bytes);
  for (const [lies, expected] of [
    ['default: a\n', 'default: a\n'],
    ['default: b\n', 'default: a\n'],
    ['default: b\n', 'default: b\n# more\n'],
    ['default: b\n# more\n', 'default: b\n'],
    ['', 'default: b\n'],
    ['default: c\n', ''],
    [LONG, LONG],
    [`${LONG}a`, `${LONG}b`],
    [`\uFEFF${LONG}`, LONG],
  ] as const) {
    await put(lies);
    assert.equal((await read(new Map([['pool.yaml', expected]]))).get('pool.yaml'), lies);
    assert.equal((await read()).get('pool.yaml'), lies);
  }
  // what is no UTF-8 is another text than what it is read as
  await put(Buffer.from([0x23, 0xff, 0x0a]));
  assert.equal((await read(new Map([['pool.yaml', '#\uFFFD\n']]))).get('pool.yaml'), '#\uFFFD\n');
});
