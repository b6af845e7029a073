import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tablesHelp } from '../../../src/report/tables/help.ts';
import { findingRow, machineRows, missingRow, TABLES, type TableName, visitName, visitRow } from '../../../src/report/tables/tables.ts';
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

test('the row of a visit, of a machine, of an address that gave no record and of a finding', () => {
  const visit = { site: 'hall-3', createdAt: '2026-11-20T12:00:00.000Z', imageVersion: '13.0.1', path: 'a.tar.gz' };
  assert.equal(visitName(visit), 'hall-3 2026-11-20T12:00:00.000Z');
  const row = ['v', 'hall-3', '2026-11-20T12:00:00.000Z', '13.0.1', 'a.tar.gz'];
  assert.deepEqual(visitRow('v', visit), [...row, null, null, null, null]);
  const place = { site: 'hall-3', product: 'R640', macs: [] };
  const start = { id: '0123abcd', number: 2, begunAt: '2026-11-20T08:00:00.000Z', isDayKnown: true, place };
  assert.deepEqual(visitRow('v', { ...visit, visit: start }), [...row, '0123abcd', 2, '2026-11-20T08:00:00.000Z', 'hall-3 on R640']);
  assert.deepEqual(visitRow('v', { ...visit, visit: { ...start, place: { macs: [] } } }).at(-1), null);
  const mac = '52:54:00:00:00:01';
  const verdict = { code: 'no-ram', sentence: 'Too little RAM.', hint: 'Add memory.' };
  assert.deepEqual(
    missingRow('v', { mac, stage: 'kernel', at: '2026-11-20T11:00:00.000Z', address: '10.77.0.9', verdict, portOf: '52:54:00:00:00:02' }),
    [...['v', mac, 'kernel', '2026-11-20T11:00:00.000Z', '10.77.0.9', 'no-ram', 'Too little RAM.', 'Add memory.', '52:54:00:00:00:02']],
  );
  assert.deepEqual(missingRow('v', { mac, stage: 'offer' }), ['v', mac, 'offer', null, null, null, null, null, null]);
  const finding = { machine: mac, severity: 'note', code: 'dimm-slow', message: 'slow', evidence: 'memory.dimms[0]' } as const;
  assert.deepEqual(findingRow('v', finding, 7), ['v', mac, 7, 'note', 'dimm-slow', 'slow', 'memory.dimms[0]']);
});

test('parts are counted from 0, a machine without them has no row of them, and what is not reported is null', () => {
  const record = recordFor('S1');
  const rows = machineRows('v', { mac: '52:54:00:00:00:01', record });
  assert.deepEqual([rows.machines.length, rows.disks.length, rows.dimms.length, rows.nics.length], [1, 1, 1, 2]);
  assert.deepEqual(
    rows.nics.map((row) => row.slice(0, 4)),
    [0, 1].map((at) => ['v', '52:54:00:00:00:01', at, `eno${at + 1}`]),
  );
  assert.deepEqual(rows.machines[0]?.slice(0, 4), ['v', '52:54:00:00:00:01', null, 'Example & Co']);
  assert.ok(!Object.values(rows).flat(2).includes(undefined));
  const absent = Object.fromEntries(Object.keys(record.sections).map((name) => [name, { status: 'absent' }])) as typeof record.sections;
  const none = machineRows('v', { mac: '52:54:00:00:00:01', record: { ...record, sections: absent } });
  assert.deepEqual([none.machines.length, none.disks, none.dimms, none.nics], [1, [], [], []]);
});

test('what sits in the machine beside drives, memory and ports, and what its BMC says', () => {
  const record = recordFor('S1');
  const ok = (data: object): object => ({ status: 'ok', data });
  const sections = {
    ...record.sections,
    gpus: ok([{ pciAddress: '0000:3b:00.0', model: 'A100', memoryBytes: 42_949_672_960 }]),
    powerSupplies: ok([{ location: 'PSU1', present: true, maxWatts: 750, serial: 'PS-1' }, { present: false }]),
    pci: ok([{ address: '0000:3b:00.0', classId: '0302', link: { speedGtps: 2.5, maxWidth: 16 } }]),
    bmc: ok({
      sensors: [{ name: 'Inlet', value: 23.5, unit: 'degrees C' }],
      eventLog: { newestCritical: [{ sensor: 'PS1', event: 'lost' }] },
    }),
  } as unknown as typeof record.sections;
  const rows = machineRows('v', { mac: '52:54:00:00:00:01', record: { ...record, sections } });
  const named = (table: 'gpus' | 'power_supplies' | 'pci' | 'sensors' | 'events'): object[] =>
    rows[table].map((row) =>
      Object.fromEntries(columnNames(table).flatMap((name, at) => (at > 1 && row[at] !== null ? [[name, row[at]]] : []))),
    );
  assert.deepEqual(named('gpus'), [{ position: 0, pci_address: '0000:3b:00.0', model: 'A100', memory_bytes: 42_949_672_960 }]);
  assert.deepEqual(named('power_supplies'), [
    { position: 0, location: 'PSU1', serial: 'PS-1', max_watts: 750, present: true },
    { position: 1, present: false },
  ]);
  assert.deepEqual(named('pci'), [{ position: 0, address: '0000:3b:00.0', class_id: '0302', link_speed_gtps: 2.5, link_max_width: 16 }]);
  assert.deepEqual(named('sensors'), [{ position: 0, name: 'Inlet', value: 23.5, unit: 'degrees C' }]);
  assert.deepEqual(named('events'), [{ position: 0, sensor: 'PS1', event: 'lost' }]);
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
