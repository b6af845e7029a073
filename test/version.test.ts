import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
const { version } = JSON.parse(await text('package.json')) as { version: string };

/** Where the version of the program may stand: its home, npm's copy of it, and the history. */
/** The lock of what the benches compare with has the versions of others. */
const HOMES = ['package.json', 'package-lock.json', 'CHANGELOG.md', 'test/bench/packages/package-lock.json'];
/** What machines have said is not ours to read: there, any number may be a firmware's. */
const RECORDINGS = 'test/machines/';

test("npm's copy of the version is that of package.json", async () => {
  const lock = JSON.parse(await text('package-lock.json')) as { version: string; packages: Record<string, { version: string }> };
  assert.deepEqual([lock.version, lock.packages['']?.version], [version, version]);
});

test('the newest release of the changelog is this version', async () => {
  const [newest] = [...(await text('CHANGELOG.md')).matchAll(/^## \[(\d\S*)\] - \d{4}-\d{2}-\d{2}$/gm)].map((match) => match[1]);
  assert.equal(newest, version);
});

test('the version stands in package.json, and nobody else keeps a copy', async () => {
  const word = new RegExp(String.raw`(?<![\d.])${version.replaceAll('.', String.raw`\.`)}(?![\d.]*\d)`);
  const files = await repositoryFiles();
  assert.ok(files.length > 500, `only ${files.length} files were found`);
  const copies: string[] = [];
  for (const file of files) {
    if (HOMES.includes(file) || file.startsWith(RECORDINGS)) continue;
    if (word.test(await text(file))) copies.push(file);
  }
  assert.deepEqual(copies, [], `${version} would be left behind by the next release: read it from package.json`);
});

async function repositoryFiles(): Promise<string[]> {
  const tops = (await readdir(ROOT, { withFileTypes: true })).filter(({ name }) => !['.git', 'node_modules', 'builds'].includes(name));
  const below = await Promise.all(
    tops
      .filter((top) => top.isDirectory())
      .map(async ({ name }) =>
        (await readdir(join(ROOT, name), { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
      ),
  );
  return [...tops.filter((top) => top.isFile()).map(({ name }) => name), ...below.flat()];
}

async function text(file: string): Promise<string> {
  return readFile(join(ROOT, file), 'utf8');
}
