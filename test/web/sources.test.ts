import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const WEB = join(import.meta.dirname, '../../src/web');

test('nothing on the page is made from markup in a text', async () => {
  const files = (await readdir(WEB, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  assert.ok(files.length > 20, `only ${files.length} sources were found`);
  for (const file of files) {
    const found = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc/i.exec(
      await readFile(join(WEB, file), 'utf8'),
    );
    assert.equal(found, null, `${file}: ${found?.[0]}`);
  }
});
