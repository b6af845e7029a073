import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { longFunctions } from './long-functions.ts';
import { repositoryFiles, sourceText } from './repository-files.ts';

const ROOT = join(import.meta.dirname, '../..');
const MAX_LINES = 250;
const MAX_FILES = 30;
const MAX_FUNCTION_LINES = 60;

const all = await repositoryFiles();
const sources = all.filter((file) => file.startsWith('src/') && /\.tsx?$/.test(file));

test(`no source file is longer than ${MAX_LINES} lines`, async () => {
  const long: string[] = [];
  for (const file of sources) {
    const lines = (await sourceText(file)).split('\n').length - 1;
    if (lines > MAX_LINES) long.push(`${file}: ${lines}`);
  }
  assert.deepEqual(long, []);
});

test(`no folder of sources or tests has more than ${MAX_FILES} files`, () => {
  const folders = Map.groupBy(
    all.filter((file) => /^(src|test)\//.test(file) && !/\/golden\/|^test\/machines\//.test(file)),
    (file) => dirname(file),
  );
  assert.ok(folders.size > 60, `only ${folders.size} folders were found`);
  assert.deepEqual(
    [...folders].filter(([, files]) => files.length > MAX_FILES).map(([folder, files]) => `${folder}: ${files.length}`),
    [],
  );
});

test('a prefix that three files share is a folder', () => {
  const shared = [...Map.groupBy(sources, (file) => `${dirname(file)}/${/([a-z0-9]+)-/.exec(file.split('/').at(-1) ?? '')?.[1] ?? file}-`)];
  assert.deepEqual(
    shared
      .filter(([prefix, files]) => files.length > 2 && !MANY_OF_A_KIND.includes(prefix))
      .map(([prefix, files]) => `${prefix}: ${files.length}`),
    [],
  );
});

/** First words that name no common part: a verb, or a word of the trade that each name needs. */
const MANY_OF_A_KIND: readonly string[] = [];

test(`no function is longer than ${MAX_FUNCTION_LINES} lines`, () => {
  assert.deepEqual(
    longFunctions(
      ROOT,
      ['tsconfig.json', 'src/web/tsconfig.json', 'src/pool-page/tsconfig.json', 'src/report-page/tsconfig.json'],
      MAX_FUNCTION_LINES,
    ),
    [],
  );
});
