import assert from 'node:assert/strict';
import { it } from 'node:test';
import { API } from 'typescript/unstable/sync';
import { mutationsOf } from './find-mutations.ts';
import { type Mutation, mutatedText } from './mutation.ts';

const ROOT = '/nowhere';

it('knows these faults', () => {
  const cases: ReadonlyArray<readonly [text: string, ...mutated: string[]]> = [
    ['if (ready) go();', 'if (!(ready)) go();', 'if (ready) ;'],
    ['if (!ready) { }', 'if (ready) { }'],
    ['export const x = a === b;', 'export const x = a !== b;'],
    ['export const x = a <= b;', 'export const x = a < b;'],
    ['export const x = a && b;', 'export const x = a || b;'],
    ['export const x = a ?? b;', 'export const x = a && b;'],
    ['export const x = a * b - c;', 'export const x = a / b - c;', 'export const x = a * b + c;'],
    ['export const x = true;', 'export const x = false;'],
    ['export const x = 7;', 'export const x = (7 + 1);'],
    ["export const x = 'ü';", "export const x = '';"],
    ["export const ü = a || b; export const y = '';", "export const ü = a && b; export const y = '';"],
    [`export const x = \`a \${b}\`;`, "export const x = '';"],
    ['export const x = a?.b;', 'export const x = a!.b;'],
    ['export const x = a.some(f);', 'export const x = a.every(f);'],
    ['export const x = a.filter(f);', 'export const x = a;'],
    ['export const x = Math.min(a, b);', 'export const x = Math.max(a, b);'],
    ['function f() { return a; }', 'function f() { ; }'],
    ['for (;;) { i++; break; }', 'for (;;) { ; break; }', 'for (;;) { i--; break; }', 'for (;;) { i++; ; }'],
    ['export const f = () => go();', 'export const f = () => undefined;'],
    ['export const x = a ? b : c;', 'export const x = !(a) ? b : c;'],
  ];
  for (const [text, ...mutated] of cases) assert.deepEqual(faults(text).sort(), mutated.sort(), text);
});

it('leaves types, imports, names and words for people alone', () => {
  const texts = [
    "import { a } from 'b';",
    "export * from 'b';",
    "export type T = 'a' | 7 | true;",
    "export interface T { a: 'b'; c?: 1 }",
    'export const x: 7 = y as 8;',
    'export const x = { "a b": y };',
    'export const x = { timeoutMs: 1000 };',
    'const TIMEOUT_MS = 1000;',
    'export const x = new ReconError(code, "in words");',
    'export const x = z.meta({ description: "in words" });',
  ];
  for (const text of texts) assert.deepEqual(faults(text), [], text);
  assert.deepEqual(faults('log.warn(`in words`);'), [';']);
});

it('asks of an operator whether its left side was executed: the right one may never be', () => {
  for (const text of ['export const x = a ?? b;', 'export const x = a?.b;'])
    assert.deepEqual(
      found(text).map(({ executedAt }) => executedAt),
      ['export const x = '.length],
    );
});

/** What mutations make of a text. */
function faults(text: string): string[] {
  return found(text).map((mutation) => mutatedText(text, mutation));
}

function found(text: string): Mutation[] {
  const path = `${ROOT}/x.ts`;
  const config = `${ROOT}/tsconfig.json`;
  const files = new Map([
    [path, text],
    [config, JSON.stringify({ files: ['x.ts'], compilerOptions: { noLib: true } })],
  ]);
  const api = new API({ cwd: '/', fs: { readFile: (name) => files.get(name), fileExists: (name) => files.has(name) || undefined } });
  try {
    const file = api
      .updateSnapshot({ openProjects: [config] })
      .getProject(config)
      ?.program.getSourceFile(path);
    assert.ok(file);
    return mutationsOf(file);
  } finally {
    api.close();
  }
}
