import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ImportOutcome, nodesFromCsv } from '../../../src/pool/change/import-csv.ts';

const nodes = (outcome: ImportOutcome) => (outcome.outcome === 'ok' ? outcome.nodes : assert.fail(JSON.stringify(outcome.mistakes)));
const mistakes = (outcome: ImportOutcome) =>
  outcome.outcome === 'wrong' ? outcome.mistakes.map(({ line, message }) => `${line}: ${message}`) : assert.fail('it was taken');

test('a list from a German spreadsheet: byte order mark, semicolons, quotes, its own words', () => {
  const text =
    '\uFEFFRechnername;MAC-Adresse;IP-Adresse;Gruppe;Seriennummer;Bemerkung\r\nNode-000;"52-54-00-66-00-01";10.10.0.10;rack1;0012345;"links; ""oben"""\r\nnode-001;5254.0066.0003;;;;\r\n';
  assert.deepEqual(nodes(nodesFromCsv(text)), [
    {
      name: 'node-000',
      macs: ['52:54:00:66:00:01'],
      address: '10.10.0.10',
      groups: ['rack1'],
      serial: '0012345',
      note: 'links; "oben"',
    },
    { name: 'node-001', macs: ['52:54:00:66:00:03'] },
  ]);
});

test('MAC addresses in every spelling that switches, spreadsheets and boot loaders have', () => {
  const spellings = [
    '52:54:00:AB:00:01',
    '52-54-00-ab-00-01',
    '525400AB0001',
    '5254.00ab.0001',
    '01-52-54-00-ab-00-01',
    '525400-ab0001',
    '52 54 00 ab 00 01',
  ];
  for (const spelling of spellings)
    assert.deepEqual(nodes(nodesFromCsv(`name,mac\na,${spelling}\n`))[0]?.macs, ['52:54:00:ab:00:01'], spelling);
  assert.deepEqual(nodes(nodesFromCsv('name\tmac\na\t"52:54:00:ab:00:01, 52:54:00:ab:00:02"\n'))[0]?.macs.length, 2);
  assert.deepEqual(nodes(nodesFromCsv('name,mac 1,mac 2\na,52:54:00:ab:00:01,52:54:00:ab:00:02\n'))[0]?.macs.length, 2);
});

test('each line that is wrong is told with its number, and none is taken', () => {
  const text =
    'name;mac;address\na;52:54:00:66:00:01;\nb;nonsense;\n;52:54:00:66:00:02;\nc;;\nd;52:54:00:66:00:01;300.1.1.1\na;52:54:00:66:00:04;\n';
  assert.deepEqual(mistakes(nodesFromCsv(text)), [
    '3: "nonsense" is not a MAC address',
    '4: there is no name in it',
    '5: there is no MAC address in it',
    '6: address: an IPv4 address, such as 10.10.0.10',
    '7: a is in line 2 already',
  ]);
  assert.deepEqual(mistakes(nodesFromCsv('name;mac\n../x;52:54:00:66:00:01\n')).length, 1);
});

test('a line number counts lines of the file, also behind a field with an end of line in it', () => {
  assert.deepEqual(mistakes(nodesFromCsv('name,mac,note\n# a comment\na,52:54:00:66:00:01,"two\nlines"\nb,x,\n')), [
    '5: "x" is not a MAC address',
  ]);
});

test('what is no list of machines', () => {
  assert.deepEqual(mistakes(nodesFromCsv('')), ['1: the list is empty']);
  assert.deepEqual(mistakes(nodesFromCsv('name;mac\n')), ['1: there is a heading and no machine']);
  assert.deepEqual(mistakes(nodesFromCsv('a;52:54:00:66:00:01\n')), ['1: the first line names no column for names']);
  assert.deepEqual(mistakes(nodesFromCsv('name;name;mac\na;b;c')), ['1: two columns are name']);
});

test('memory as people write it; what is no number is refused', () => {
  const memory = (text: string) => nodesFromCsv(`name;mac;RAM\na;52:54:00:ab:00:01;${text}\n`);
  assert.equal(nodes(memory('512 GB'))[0]?.memoryGiB, 512);
  assert.equal(nodes(memory('15,63'))[0]?.memoryGiB, 15.63);
  assert.match(mistakes(memory('much'))[0] ?? '', /^2: memoryGiB: /);
});
