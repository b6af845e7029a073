import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CutText, cutEntries } from '../../src/settings/cut-entries.ts';

/** Large enough to be remembered. */
const NODES = [...Array(700).keys()].map((number) => `n${number}: { macs: ['52:54:00:00:00:${number}'], note: what }\n`);

let fresh = 0;

/** Behind another number of lines nothing was cut before, and nothing is remembered of it. */
function cutFresh(text: string, below?: string): CutText | undefined {
  fresh += 1;
  const lines = '#\n'.repeat(fresh);
  const cut = cutEntries(`${lines}${text}`, below);
  if (cut === undefined) return undefined;
  const entries = cut.entries.map((one) => ({ ...one, line: one.line - lines.length / 2 }));
  return { ...cut, head: cut.head.slice(lines.length), entries };
}

test('a text that is like one that was cut before is cut as if it were the first', () => {
  const random = randomFrom(11);
  const words = [
    '',
    '',
    '\n',
    'x: 1\n',
    '  more: y\n',
    '# why\n',
    ' ',
    "'",
    '}',
    'n5: {}\n',
    '---\n',
    '\t',
    'true: 1\n',
    '012: x\n',
    '- a\n',
    ': ',
    '\r\n',
  ];
  let undecided = 0;
  for (const [first, below] of [
    ['', undefined],
    ['default: recon\nnodes:\n', 'nodes'],
  ] as const) {
    const text = first + NODES.map((line) => (below === undefined ? line : `  ${line}`)).join('');
    for (let turn = 0; turn < 400; turn += 1) {
      assert.ok(cutEntries(text, below));
      let changed = text;
      for (let edits = 0; edits <= random(3); edits += 1) {
        const at = random(4) === 0 ? changed.indexOf('\n', random(changed.length)) + 1 - random(2) : random(changed.length);
        changed = `${changed.slice(0, at)}${words[random(words.length)]}${changed.slice(at + random(2) * random(2) * random(120) + random(2))}`;
      }
      const cut = cutEntries(changed, below);
      assert.deepEqual(cut, cutFresh(changed, below), changed);
      if (cut === undefined) undecided += 1;
      else assert.equal(`${cut.head}${cut.entries.map((one) => one.text).join('')}${cut.tail}`, changed);
    }
  }
  assert.ok(undecided > 50 && undecided < 750, String(undecided));
});

test('an entry that nobody changed is the same one in the next text, unless lines went before it', () => {
  const before = cutEntries(NODES.join(''))?.entries;
  const after = cutEntries(NODES.with(300, 'n300: {}\n').join(''))?.entries;
  const same = before?.filter((entry, at) => entry === after?.[at]).length ?? 0;
  assert.ok(same >= 697, String(same));
  assert.equal(after?.[300]?.text, 'n300: {}\n');
  const longer = cutEntries(NODES.with(300, 'n300:\n  note: x\n').join(''))?.entries;
  assert.equal(longer?.at(-1)?.line, 701);
});

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
