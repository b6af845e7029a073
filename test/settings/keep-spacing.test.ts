import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SettingChange, withSettings } from '../../src/settings/edit-text.ts';

const TEXT = `# what a person wrote,   as they like it


node-000:   { macs: ['52:54:00:66:00:01'],  groups: [rack1,rack2], boot: compute }   # the first
node-001: { macs: ["52:54:00:66:00:03"], serial: "CZ31", note: 'a line that goes on and on, longer than any line should be, because its owner had much to say about it' }

# the login node
login:    # behind the pillar
    boot:     hold     # until it is mended
    macs:
        - '52:54:00:66:00:05'   # onboard
node-003: {
  boot: compute,   # a comment inside
  macs: ['52:54:00:66:00:07'],
}
empty:
`;

/** Lines of the one text that the other has not, each way. */
function changed(before: string, after: string): [gone: string[], added: string[]] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return [a.filter((line) => !b.includes(line)), b.filter((line) => !a.includes(line))];
}

const cases: [name: string, changes: SettingChange[], gone: string[], added: string[]][] = [
  [
    'a value on one line',
    [[['node-000', 'boot'], 'hold']],
    ["node-000:   { macs: ['52:54:00:66:00:01'],  groups: [rack1,rack2], boot: compute }   # the first"],
    ["node-000:   { macs: ['52:54:00:66:00:01'],  groups: [rack1,rack2], boot: hold }   # the first"],
  ],
  [
    'one key goes and another comes',
    [
      [['node-000', 'groups'], undefined],
      [
        ['node-000', 'tags'],
        ['gpu', 'on'],
      ],
    ],
    ["node-000:   { macs: ['52:54:00:66:00:01'],  groups: [rack1,rack2], boot: compute }   # the first"],
    ["node-000:   { macs: ['52:54:00:66:00:01'],  boot: compute, tags: [gpu, 'on'] }   # the first"],
  ],
  [
    'the last keys go',
    [
      [['node-000', 'groups'], undefined],
      [['node-000', 'boot'], undefined],
    ],
    ["node-000:   { macs: ['52:54:00:66:00:01'],  groups: [rack1,rack2], boot: compute }   # the first"],
    ["node-000:   { macs: ['52:54:00:66:00:01'] }   # the first"],
  ],
  [
    'a value on a line of its own',
    [[['login', 'boot'], 'compute@3']],
    ['    boot:     hold     # until it is mended'],
    ['    boot:     compute@3     # until it is mended'],
  ],
  ['a key in a block', [[['login', 'note'], "it's\nhere"]], [], ['    note: "it\'s\\nhere"']],
  [
    'a list on many lines',
    [[['login', 'macs'], ['52:54:00:66:00:06']]],
    ['    macs:', "        - '52:54:00:66:00:05'   # onboard"],
    ["    macs: ['52:54:00:66:00:06']   # onboard"],
  ],
  [
    'a value over many lines',
    [[['node-003', 'boot'], 'hold']],
    ['  boot: compute,   # a comment inside'],
    ['  boot: hold,   # a comment inside'],
  ],
  ['what has nothing behind it', [[['empty', 'boot'], 'hold']], ['empty:'], ['empty: { boot: hold }']],
  [
    'a new node',
    [
      [['new', 'macs'], ['52:54:00:66:00:09']],
      [['new', 'boot'], 'hold'],
    ],
    [],
    ["new: { macs: ['52:54:00:66:00:09'], boot: hold }"],
  ],
  [
    'a node that goes, with the comment above it',
    [[['login'], undefined]],
    [
      ...['# the login node', 'login:    # behind the pillar', '    boot:     hold     # until it is mended', '    macs:'],
      "        - '52:54:00:66:00:05'   # onboard",
    ],
    [],
  ],
];

for (const [name, changes, gone, added] of cases)
  test(`${name}: everything else stays letter for letter`, () => {
    assert.deepEqual(changed(TEXT, withSettings(TEXT, changes)), [gone, added]);
    // as an editor of Windows saves it
    const windows = withSettings(TEXT.replaceAll('\n', '\r\n'), changes);
    assert.equal(windows, withSettings(TEXT, changes).replaceAll('\n', '\r\n'));
  });

test('lists and maps that come new look as those that are there', () => {
  const node = { macs: ['52:54:00:66:00:09'], boot: 'hold' };
  assert.equal(withSettings('a: {b: [c]}\n', [[['x'], node]]), "a: {b: [c]}\nx: {macs: ['52:54:00:66:00:09'], boot: hold}\n");
  assert.equal(withSettings('a: { b: [ c ] }', [[['x'], node]]), "a: { b: [ c ] }\nx: { macs: [ '52:54:00:66:00:09' ], boot: hold }\n");
});

test('where it is not plain what to keep, the outcome is right all the same', () => {
  const text = 'a: &x { b: 1 }\nc: *x\nd: { ? e : 1, f }\n';
  assert.match(withSettings(text, [[['d', 'f'], 2]]), /f: 2/);
  assert.match(withSettings(text, [[['a', 'b'], 2]]), /^a: &x \{ b: 2 \}\nc: \*x\n/);
  assert.equal(withSettings('a:\n  b: 1\n', [[['a', 'b'], undefined]]), 'a: {}\n');
});
