import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryFiles, sourceText } from './repository-files.ts';

const files = (await repositoryFiles()).filter((file) => /^(src|test)\/.*\.tsx?$/.test(file));

test('named exports only, no barrels, no names that say nothing', async () => {
  assert.ok(files.length > 500, `only ${files.length} sources were found`);
  const bad: string[] = [];
  for (const file of files) {
    if (/(^|[/-])(utils?|helpers?|misc|common|index|shared)\.tsx?$/.test(file)) bad.push(`${file}: its name says nothing`);
    const text = await sourceText(file);
    if (/^export default /m.test(text)) bad.push(`${file}: default export`);
    if (/^export (\*|\{[^}]*\}) from /m.test(text)) bad.push(`${file}: passes on what another file exports`);
  }
  assert.deepEqual(bad, []);
});

test('one word, one thing: no two files of src export the same name', async () => {
  const homes = new Map<string, Set<string>>();
  for (const file of files.filter((one) => one.startsWith('src/')))
    for (const name of exportedNames(await sourceText(file))) homes.set(name, (homes.get(name) ?? new Set()).add(file));
  assert.ok(homes.size > 1500, `only ${homes.size} names were found`);
  assert.deepEqual(
    [...homes].filter(([, places]) => places.size > 1).map(([name, places]) => `${name}: ${[...places].join(', ')}`),
    [],
  );
});

test('one word, one thing: a type that only its file knows is not called like one that is known everywhere', async () => {
  const texts = await Promise.all(
    files.filter((one) => one.startsWith('src/')).map(async (file) => [file, await sourceText(file)] as const),
  );
  const everywhere = new Set(texts.flatMap(([, text]) => [...exportedNames(text)]));
  assert.deepEqual(
    texts.flatMap(([file, text]) => [...ownTypes(text)].filter((name) => everywhere.has(name)).map((name) => `${file}: ${name}`)),
    [],
  );
});

test('exported names are read from a text', () => {
  const text =
    'export interface A {}\nexport const B = 1;\nexport type B = number;\nexport async function* c() {}\nfunction d() {}\nexport abstract class E {}';
  assert.deepEqual([...exportedNames(text)], ['A', 'B', 'c', 'E']);
  assert.deepEqual(ownTypes(`${text}\ninterface F {}\n  type G = 1;\ntype H = 2;`), ['F', 'H']);
});

test('nothing is written to a terminal past the function that takes its control characters out', async () => {
  const writers: string[] = [];
  for (const file of files.filter((one) => one.startsWith('src/')))
    if (/process\.std(out|err)\.write|console\.(log|info|warn|error)|writeSync\([12]\b/.test(await sourceText(file))) writers.push(file);
  assert.deepEqual(writers, ['src/platform/log.ts']);
});

function exportedNames(text: string): Set<string> {
  const declared = text.matchAll(
    /^export (?:declare )?(?:abstract )?(?:async )?(?:type|interface|class|const|let|enum|function\*?) (\w+)/gm,
  );
  return new Set([...declared].map(([, name = '']) => name));
}

function ownTypes(text: string): string[] {
  return [...text.matchAll(/^(?:interface|type|class|enum) (\w+)/gm)].map(([, name = '']) => name);
}
