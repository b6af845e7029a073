import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryFiles, sourceText } from './repository-files.ts';

const LEAST_MS = 30_000;
/** Here the limit itself is tried. */
const OF_LIMITS: readonly string[] = [
  'test/platform/process/command.test.ts',
  'test/platform/process/process-family.test.ts',
  'test/house/time-limits.test.ts',
];

test('a program that a test starts has half a minute: less is not enough on a busy machine, and only a hang is ever stopped by it', async () => {
  const files = (await repositoryFiles()).filter((file) => /^test\/.*\.ts$/.test(file) && !OF_LIMITS.includes(file));
  let seen = 0;
  const short: string[] = [];
  for (const file of files) {
    for (const limitMs of limitsOf(await sourceText(file))) {
      seen += 1;
      if (limitMs < LEAST_MS) short.push(`${file}: ${limitMs}`);
    }
  }
  assert.ok(seen > 100, `only ${seen} limits were found`);
  assert.deepEqual(short, []);
});

test('limits of calls are read, of several lines too', () => {
  assert.deepEqual(
    limitsOf("await run(['a'], { timeoutMs: 500 });\nconst LIMIT = { timeoutMs: 1_000 };\nrunOk(\n  ['b'],\n  { timeoutMs: 7 },\n);"),
    [500, 7, 1000],
  );
  assert.deepEqual(limitsOf("const row = { id: 'x', timeoutMs: 300 }; run(['a'], limits);"), []);
});

function limitsOf(text: string): number[] {
  const calls = text.matchAll(/\brun(?:Ok)?\((?:(?!\brun(?:Ok)?\(|;\n)[\s\S]){0,400}?timeoutMs: ([\d_]+)/g);
  const constants = text.matchAll(/const LIMITS? = \{ timeoutMs: ([\d_]+) \}/g);
  return [...calls, ...constants].map(([, number = '']) => Number(number.replaceAll('_', '')));
}
