import assert from 'node:assert/strict';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { linkPath } from '../../../src/platform/files/link-path.ts';

it('puts a link in the place of a file or of another link, whose target stays', async () => {
  await using directory = await temporaryDirectory('recon-link-');
  const [file, path] = [join(directory.path, 'file'), join(directory.path, 'link')];
  await writeFile(file, 'words');
  await writeFile(path, 'what was there');
  await linkPath(file, path);
  assert.equal(await readlink(path), file);
  await linkPath('elsewhere', path);
  assert.equal(await readlink(path), 'elsewhere');
  assert.equal(await readFile(file, 'utf8'), 'words');
});
