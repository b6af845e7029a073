import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const SRC = join(import.meta.dirname, '../../src');

for (const page of ['web', 'pool-page'])
  test(`nothing on the page of src/${page} is made from markup in a text`, async () => {
    const files = (await readdir(join(SRC, page), { recursive: true })).filter((name) => /\.tsx?$/.test(name));
    assert.ok(files.length > 15, `only ${files.length} sources were found`);
    for (const file of files) {
      const found = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc/i.exec(
        await readFile(join(SRC, page, file), 'utf8'),
      );
      assert.equal(found, null, `${file}: ${found?.[0]}`);
    }
  });
