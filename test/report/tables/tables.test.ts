import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tablesHelp } from '../../../src/report/tables/help.ts';
import { machineRows, TABLES, type TableName } from '../../../src/report/tables/tables.ts';
import { recordFor } from '../../master/fixture-records.ts';

test('names, order and types of all columns are what queries were written for', () => {
  assert.equal(tablesHelp(), readFileSync(new URL('golden/tables.txt', import.meta.url), 'utf8'));
});

test('no table has a column twice, and what is indexed is there', () => {
  for (const { name, columns, key, indexed } of TABLES) {
    const names = columns.map((column) => column.name);
    assert.equal(new Set(names).size, names.length, name);
    for (const column of [...key, ...indexed]) assert.ok(names.includes(column), `${name}.${column}`);
    for (const column of names) assert.match(column, /^[a-z][a-z_]*$/, 'a name that no database wants in quotes');
  }
});

test('a mark that is missing means no, and an address that is none of Ethernet is not reported', () => {
  const infiniband = '80:00:02:08:fe:80:00:00:00:00:00:00:24:8a:07:03:00:ab:cd:ef';
  const [port, link] = nicRows([
    { name: 'ib0', mac: infiniband, linkUp: false },
    { name: 'usb0', mac: '02-00-00-00-00-0A', bmcLink: true },
  ]);
  assert.deepEqual([port?.['port_mac'], port?.['bmc_link'], port?.['link_up']], [null, false, false]);
  assert.deepEqual([link?.['port_mac'], link?.['bmc_link'], link?.['link_up']], ['02:00:00:00:00:0a', true, null]);
});

function nicRows(nics: readonly object[]): Record<string, unknown>[] {
  const record = recordFor('S1');
  const sections = { ...record.sections, nics: { status: 'ok', data: nics } } as typeof record.sections;
  const rows = machineRows('visit', { mac: '52:54:00:00:00:01', record: { ...record, sections } }).nics;
  return rows.map((row) => Object.fromEntries(columnNames('nics').map((name, at) => [name, row[at]])));
}

function columnNames(table: TableName): string[] {
  return TABLES.find(({ name }) => name === table)?.columns.map((column) => column.name) ?? [];
}
