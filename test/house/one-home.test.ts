import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryFiles, sourceText } from './repository-files.ts';

/** What is written down once, how a second writing looks, and where the first one is. */
const ONCE: readonly { what: string; writing: RegExp; homes: readonly string[] }[] = [
  {
    what: 'definedOnly: a key only when it has a value',
    writing: /(?:(\w+)\??\.)?\b(\w+) === undefined \? \{\} : \{ (?:\w+: )?(?:\1\??\.)?\2 \}|fromEntries\(.*=> \(?\w+ === undefined \? \[\]/,
    homes: [],
  },
  {
    what: 'messageOf, stackOf: a failure in words',
    writing: /instanceof Error \? (?:\(\w+\.stack|\w+\.(?:message|stack)\b)/,
    homes: ['src/domain/values/message-of.ts'],
  },
  { what: 'equalSecrets: comparison in constant time', writing: /\btimingSafeEqual\b/, homes: ['src/master/http/equal-secrets.ts'] },
  {
    what: 'csvLine: a cell in quotes',
    writing: /replaceAll\('"', '""'\)/,
    // an identifier of SQL is quoted alike
    homes: ['src/domain/values/csv-line.ts', 'src/report/tables/postgres.ts'],
  },
  { what: 'ip-address: what an address is', writing: /\bisIP(?:v[46])?\(|from 'ipaddr\.js'/, homes: ['src/domain/ip-address.ts'] },
  { what: 'atMost: how many at once', writing: /\brunning >= /, homes: ['src/domain/values/at-most.ts'] },
];

const files = (await repositoryFiles()).filter((file) => /^src\/.*\.tsx?$/.test(file));
const texts = new Map(await Promise.all(files.map(async (file) => [file, await sourceText(file)] as const)));

for (const { what, writing, homes } of ONCE)
  test(`one home each: ${what}`, () => {
    assert.deepEqual(
      files.filter((file) => writing.test(texts.get(file) ?? '')),
      homes,
    );
  });

test('a second writing is found, and what is none is not', () => {
  const [{ writing }] = ONCE as [(typeof ONCE)[0]];
  const second = ['a === undefined ? {} : { a }', 'a?.b === undefined ? {} : { b: a.b }', 'a.b === undefined ? {} : { c: a.b }'];
  const none = ['a === undefined ? {} : { a: f(a) }', 'a === undefined ? {} : { b }', 'a === undefined ? {} : { a, b }'];
  assert.deepEqual(
    second.filter((text) => !writing.test(text)),
    [],
  );
  assert.deepEqual(
    none.filter((text) => writing.test(text)),
    [],
  );
});
