import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedFromCsv } from '../../src/settings/expected-csv.ts';

test('without a heading, a field is what it looks like', () => {
  const { machines, mistakes } = expectedFromCsv('# rack 4\n52:54:00:00:00:01\nABC1234\n\n52-54-00-00-00-02,XYZ99,node 2\n');
  assert.deepEqual(mistakes, []);
  assert.deepEqual(machines, [
    { mac: '52:54:00:00:00:01' },
    { serial: 'ABC1234' },
    { mac: '52:54:00:00:00:02', serial: 'XYZ99', name: 'node 2' },
  ]);
});

test('a list of a spreadsheet: semicolons, quotes, other columns, CRLF, byte order mark', () => {
  const text = '\uFEFF"Host";"Rack";"Service Tag";"MAC address"\r\n"web;1";"4";"0012";"525400000003"\r\n"";"4";"""odd""";""\r\n';
  assert.deepEqual(expectedFromCsv(text), {
    machines: [{ name: 'web;1', serial: '0012', mac: '52:54:00:00:00:03' }, { serial: '"odd"' }],
    mistakes: [],
  });
});

test('a line that names no machine is told with its number', () => {
  const { mistakes } = expectedFromCsv('mac,name\n52:54:00:00:00:0,a\n,b\n');
  assert.deepEqual(
    mistakes.map(({ line, message }) => `${line}: ${message}`),
    ['2: "52:54:00:00:00:0" is not a MAC address', '3: neither a MAC address nor a serial number'],
  );
});
