import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atOnce } from '../../../src/platform/in-turns.ts';
import { linesOfCsv } from '../../../src/pool/change/import-csv.ts';
import { type ImportPlan, planImport } from '../../../src/pool/change/plan-import.ts';
import { poolOf } from '../../../src/pool/change/pool-edit.ts';

const FILES = new Map([
  [
    'nodes.yaml',
    "a: { macs: ['52:54:00:66:00:01'], address: 10.0.0.1, note: old } # by the door\nb: { macs: ['52:54:00:66:00:02'], groups: [rack1], boot: hold }\n",
  ],
  ['groups.yaml', 'rack1: {}\n'],
]);

test('each line is added, changed, as it is, or refused with its reasons and its number', () => {
  const { lines } = planned(
    'name;mac;address;groups;note;boot\n' +
      'a;52:54:00:66:00:01;10.0.0.9;rack1;;\n' +
      'b;52:54:00:66:00:02;;rack1;;hold\n' +
      'c;52:54:00:66:00:03;;;x;recon\n' +
      '\n' +
      'd;52:54:00:66:00:02;10.0.0.1;;;\n' +
      'e;52:54:00:66:00:05;;rack9;;recom\n' +
      'f;nonsense;;;;\n' +
      'c;52:54:00:66:00:07;;;;\n',
  );
  assert.deepEqual(
    lines.map(({ line, name, outcome, says }) => [line, name, outcome, ...says]),
    [
      [2, 'a', 'changed', 'address: 10.0.0.1 → 10.0.0.9', 'groups: nothing → rack1'],
      [3, 'b', 'same'],
      [4, 'c', 'added'],
      [6, 'd', 'refused', '52:54:00:66:00:02 is in line 3 already', '52:54:00:66:00:02 is one of b already (nodes.yaml line 2)'],
      [7, 'e', 'refused', 'there is no group rack9', 'there is no profile recom'],
      [8, undefined, 'refused', '"nonsense" is not a MAC address'],
      [9, 'c', 'refused', 'c is in line 4 already'],
    ],
  );
});

test('an address that nobody gives up is refused with its place; two nodes may change places', () => {
  assert.deepEqual(planned('name;mac;address\nz;52:54:00:66:00:09;10.0.0.1\n').lines[0]?.says, [
    '10.0.0.1 is one of a already (nodes.yaml line 1)',
  ]);
  const swapped = planned('name;mac;address\na;52:54:00:66:00:02;\nb;52:54:00:66:00:01;10.0.0.2\n');
  assert.deepEqual(
    swapped.lines.map(({ outcome }) => outcome),
    ['changed', 'changed'],
  );
  assert.deepEqual(poolOf(atOnce(swapped.edit.edit(FILES))).nodes.get('b')?.macs, ['52:54:00:66:00:01']);
});

test('what is accepted is one change: new nodes, other values, comments and what the list does not say stay', () => {
  const { edit, names } = planned('name;mac;address\na;52:54:00:66:00:01;10.0.0.9\nc;52:54:00:66:00:03;\n');
  assert.deepEqual([edit.what, names], ['a list: c is new, a is changed', ['c', 'a']]);
  const text = atOnce(edit.edit(FILES)).get('nodes.yaml') ?? '';
  assert.match(text, /^a: \{ macs: \['52:54:00:66:00:01'\], address: '10\.0\.0\.9', note: old \} # by the door\n/);
  assert.deepEqual(poolOf(atOnce(edit.edit(FILES))).nodes.get('c'), { macs: ['52:54:00:66:00:03'] });
  assert.equal(atOnce(planned('name;mac\nb;52:54:00:66:00:02\n').edit.edit(FILES)).get('nodes.yaml'), FILES.get('nodes.yaml'));
});

function planned(csv: string): ImportPlan {
  const found = linesOfCsv(csv);
  return 'lines' in found ? planImport(poolOf(FILES), found.lines) : assert.fail(JSON.stringify(found.mistakes));
}
