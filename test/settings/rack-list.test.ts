import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rackPlaces } from '../../src/settings/rack-list.ts';

const read = (text: string) => rackPlaces(Buffer.from(text));

test('racks and units by headings of several languages; a row without a rack says nothing', () => {
  const { rows, mistakes } = read(
    'Seriennummer;MAC;Schrank;HE;Name\nS-1;;R7;12;web01\n;52-54-00-12-34-56;R7;U 13;\nS-3;;;4;\nS-4;;R8;;\nS-5;;R8;3.5;\n',
  );
  assert.deepEqual(mistakes, []);
  assert.deepEqual(rows, [
    { machine: { serial: 'S-1' }, place: { rack: 'R7', unit: 12 } },
    { machine: { mac: '52:54:00:12:34:56' }, place: { rack: 'R7', unit: 13 } },
    { machine: { serial: 'S-4' }, place: { rack: 'R8' } },
    { machine: { serial: 'S-5' }, place: { rack: 'R8', unit: 3.5 } },
  ]);
});

test('what is no unit is told with its line, and a list that says no rack, or finds no machine', () => {
  for (const unit of ['0', 'top', '-3', '1e2'])
    assert.deepEqual(
      read(`serial,rack,unit\nS-0,R1,1\nS-1,R1,${unit}\n`).mistakes,
      [{ line: 3, message: `"${unit}" is no unit of a rack`, hint: 'a number from 1 on' }],
      unit,
    );
  for (const text of ['serial,unit\nS-1,3\n', 'rack,unit\nR1,3\n', 'name,rack\nweb01,R1\n', ''])
    assert.deepEqual(
      [read(text).rows.length, read(text).mistakes[0]?.message],
      [0, 'the heading names no rack, or nothing that finds a machine'],
      text,
    );
});
