import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { messageOf } from '../../src/domain/values/message-of.ts';
import { atOnce, inTurns, type Turns } from '../../src/platform/in-turns.ts';
import { cutEntries } from '../../src/settings/cut-entries.ts';
import { withEntrySettings } from '../../src/settings/edit-entries.ts';
import { type SettingChange, withSettings } from '../../src/settings/edit-text.ts';
import { entrySettings } from '../../src/settings/entry-settings.ts';
import { locatedSettings } from '../../src/settings/settings-text.ts';

const Nodes = z.record(
  z.string(),
  z.strictObject({ boot: z.string().optional(), serial: z.string().optional(), tags: z.array(z.string()).optional() }),
);

/** As people write: on one line and on many, in quotes, with comments in all places. */
const WAYS: readonly ((number: number) => string)[] = [
  (number) => `n${number}: { boot: compute }   # why\n`,
  (number) => `n${number}:\n    boot: compute\n    tags:\n    - a\n`,
  (number) => `# about it\n# and more\nn${number}: {boot: "compute", tags: [a,b]}\n`,
  (number) => `'${number}': { serial: 00${number} }\n\n`,
  (number) => `n${number}: {\n  boot: compute,\n  # inside\n}\n`,
  (number) => `n${number}:\n  serial: "on and\n    on"\n`,
];
const MANY = 240;
const listOf = (more: readonly string[] = []): string =>
  [...Array(MANY).keys()]
    .map((number) => WAYS[number % WAYS.length]?.(number))
    .concat(more)
    .join('');

/** As programs write; a number would come first in an object. */
function jsonOf(spaces?: number): string {
  const entries = [...Array(MANY).keys()].map((number) => {
    const value = number % 6 === 1 ? { boot: 'compute', tags: ['a'] } : number % 6 === 3 ? { serial: '007' } : { boot: 'compute' };
    return `"${number % 6 === 3 ? '' : 'n'}${number}": ${JSON.stringify(value, null, spaces)}`.replaceAll(/^/gm, '  ');
  });
  return entries.join(',\n');
}

function readApart(text: string, below?: string) {
  const cut = cutEntries(text, below);
  return cut === undefined ? undefined : atOnce(entrySettings(cut.entries, Nodes));
}

const TEXTS: [name: string, text: string][] = [
  ['plain', `# all of them\n\n${listOf()}`],
  ['behind the mark of a document', `# mine\n---\n${listOf()}# the end\n`],
  ['of JSON on many lines', `{\n${jsonOf(2)}\n}\n`],
  ['of JSON with a line for each, of Windows', `{\n${jsonOf()}\n}\n`.replaceAll('\n', '\r\n')],
  ['of Windows, the last line open', `${listOf()}last: { boot: hold }`.replaceAll('\n', '\r\n')],
];
const CHANGES: [name: string, changes: SettingChange[]][] = [
  ['a value', [[['n6', 'boot'], 'hold']]],
  [
    'one that goes out and one that comes in',
    [
      [['n1', 'tags'], undefined],
      [['n4', 'serial'], '7'],
    ],
  ],
  ['an entry goes, with the comment above it', [[['n2'], undefined]]],
  ['the first goes', [[['n0'], undefined]]],
  [
    'two that stand one below the other go',
    [
      [['n7'], undefined],
      [['n8'], undefined],
    ],
  ],
  ['new ones', [...Array(120).keys()].map((number): SettingChange => [[`new-${number}`], { boot: 'hold', tags: ['x'] }])],
  ['a key of what is not there', [[['new', 'boot'], 'hold']]],
  ['one in quotes', [[['3', 'boot'], 'hold']]],
  [
    'a bit of all',
    [
      [['n0', 'boot'], undefined],
      [['n5'], undefined],
      [['x'], { boot: 'a' }],
      [['n10', 'boot'], 'b'],
    ],
  ],
];

for (const [written, text] of TEXTS)
  for (const [name, changes] of CHANGES)
    test(`${name}, in a list ${written}: letter for letter what a reading of the whole makes of it`, () => {
      assert.equal(readApart(text)?.outcome, 'ok');
      const whole = withSettings(text, changes);
      assert.notEqual(whole, text);
      assert.equal(atOnce(withEntrySettings(text, changes)), whole);
    });

test('of a list that was read, a change reads what changes and nothing else', () => {
  const text = listOf();
  readApart(text);
  const steps = stepsOf(withEntrySettings(text, [[['n6', 'boot'], 'hold']]));
  assert.ok(steps <= 4, `${steps} turns`);
  const read: unknown[] = [];
  const counting = z.record(
    z.string(),
    z.unknown().transform((value) => {
      read.push(value);
      return value;
    }),
  );
  const readAs = (changed: string): number => {
    read.length = 0;
    atOnce(entrySettings(cutEntries(changed)?.entries ?? [], counting));
    return read.length;
  };
  assert.deepEqual([readAs(text), readAs(text), readAs(text.replace('n6: { boot: compute }', 'n6: { boot: hold }'))], [MANY, 0, 1]);
});

test('the entries below a key of a file with more in it', () => {
  const inner = listOf().replaceAll(/^(?=[^\n])/gm, '  ');
  const text = `# mine\ndefault: hold\nnodes:   # all\n${inner}\nrules:\n  - { boot: x }\n`;
  const apart = readApart(text, 'nodes');
  assert.equal(apart?.outcome === 'ok' ? apart.entries[1]?.line : apart, 5);
  const changes: SettingChange[] = [
    [['nodes', 'n6', 'boot'], 'hold'],
    [['nodes', 'n2'], undefined],
    [['nodes', 'new'], { boot: 'hold' }],
  ];
  const own = atOnce(withEntrySettings(text, changes));
  assert.equal(own, withSettings(text, changes));
  assert.match(own, /^rules:\n {2}- \{ boot: x \}\n$/m);
  // what stands beside them is another change
  assert.match(atOnce(withEntrySettings(text, [[['default'], 'recon']])), /^default: recon$/m);
});

test('JSON stays JSON, whatever is changed', () => {
  for (const text of [`{\n${jsonOf(2)}\n}\n`, `{\n${jsonOf()}\n}`, `{${jsonOf()}}`])
    for (const [name, changes] of CHANGES) {
      const changed = atOnce(withEntrySettings(text, changes));
      assert.doesNotThrow(() => JSON.parse(changed), name);
      // what is read next is read apart again
      if (text.startsWith('{\n')) assert.equal(readApart(changed)?.outcome, 'ok', name);
    }
});

const UNCUT: [name: string, text: string][] = [
  ['JSON on one line', '{ "a": { "boot": "x" }, "b": {} }\n'],
  ['JSON with a comma too many', '{\n  "a": { "boot": "x" },\n  "b": {},\n}\n'],
  ['JSON with a comma too few', '{\n  "a": { "boot": "x" }\n  "b": {}\n}\n'],
  ['braces with words of YAML', '{\n  "a": { boot: x },\n  "b": {}\n}\n'],
  ['braces with a text of several lines', '{\n  "a": { "boot": "x,\n  \\"b\\": y" }\n}\n'],
  ['two documents', 'a: {}\n---\nb: {}\n'],
  ['an anchor of another', 'a: &x { boot: y }\nb: *x\n'],
  ['a key that is no text', '1e3: {}\nb: {}\n'],
  ['a key twice', 'a: {}\nb: {}\na: {}\n'],
  ['a key with a mark', '? a\n: { boot: x }\nb: {}\n'],
  ['indented by one', ' a: {}\n b: {}\n'],
];
for (const [name, text] of UNCUT)
  test(`${name} is read as a whole`, () => {
    assert.equal(readApart(text), undefined);
    const outcomeOf = (edit: () => string): unknown => {
      try {
        return edit();
      } catch (error) {
        return messageOf(error);
      }
    };
    const changes: SettingChange[] = [[['c'], { boot: 'x' }]];
    assert.equal(
      outcomeOf(() => atOnce(withEntrySettings(text, changes))),
      outcomeOf(() => withSettings(text, changes)),
    );
  });

test('where a star means another entry, a change keeps what it means', () => {
  const text = `${listOf()}a: &x { boot: y }\nb: { tags: [z] }\nc: *x\n`;
  const changes: SettingChange[] = [[['a', 'boot'], 'hold']];
  assert.equal(atOnce(withEntrySettings(text, changes)), withSettings(text, changes));
});

test('mistakes have the line in the file, and every entry tells its own', () => {
  const text = `# mine\n\n${listOf(["m: { boot: 'x }\n", 'o: { bot: x }\n'])}`;
  const found = readApart(text);
  const mistakes = found?.outcome === 'wrong' ? found.mistakes : [];
  const line = text.split('\n').findIndex((one) => one.startsWith('m: ')) + 1;
  assert.deepEqual([...new Set(mistakes.map((one) => one.line))], [line, line + 1]);
  assert.match(mistakes[0]?.message ?? '', /Missing closing 'quote/);
  const whole = locatedSettings(text.replace(/m: .*\n/, '\n'), Nodes);
  assert.deepEqual(whole.outcome === 'wrong' ? whole.mistakes : [], mistakes.slice(-1));
});

test('long work leaves room for everything else between its turns', async () => {
  let [steps, others] = [0, 0];
  function* long(): Turns<string> {
    for (; steps < 40; steps += 1) {
      const until = performance.now() + 1;
      while (performance.now() < until);
      yield;
    }
    return 'done';
  }
  const timer = setInterval(() => {
    others += 1;
  }, 0);
  assert.equal(await inTurns(long()), 'done');
  clearInterval(timer);
  assert.ok(others >= 3, `${others} times`);
});

function stepsOf(work: Turns<unknown>): number {
  let steps = 0;
  while (work.next().done !== true) steps += 1;
  return steps;
}
