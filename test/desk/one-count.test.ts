import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryVisits } from '../../src/desk/query.ts';
import { recordData } from '../../src/domain/record/record-data.ts';
import { decimalSize } from '../../src/domain/values/shown-size.ts';
import { diffMachine } from '../../src/report/diff/facts.ts';
import { reportParts } from '../../src/report/fleet/report-machine.ts';
import { machineRow } from '../../src/report/machine-row.ts';
import { machineDetails } from '../../src/report/page/details/machine-details.ts';
import { machineIndex } from '../../src/report/page/indexed-machines.ts';
import { totalsSection } from '../../src/report/page/totals-section.ts';
import { nodesCsv } from '../../src/report/tables/nodes-csv.ts';
import { type Block, recordText } from '../../src/web/machine/record-text.ts';
import { DRIVE_FLEET, DRIVE_SERIALS, FLEET_BYTES, FLEET_DRIVES, OTHER_SERIALS } from '../report/drive-fleet.ts';
import { exported } from '../report/export/odd-visit.ts';
import { readCsv } from '../report/export/read-csv.ts';
import { memoryVisit, visitMac } from '../report/memory-visit.ts';

const rows = DRIVE_FLEET.map((record, at) => machineRow(visitMac(at), 1, record));
const machines = DRIVE_FLEET.map((record, at) => ({ ...machineRow(visitMac(at), 1, record), ...reportParts(record), findings: [] }));
const nodes = DRIVE_FLEET.map((record, at) => ({ mac: visitMac(at), revision: 1, record }));
const sum = (numbers: readonly unknown[]): number => numbers.reduce<number>((all, one) => all + Number(one), 0);

/** Number of drives, and bytes where a surface says them. */
const SURFACES: Readonly<Record<string, () => Promise<[drives: number, bytes: number | undefined]>>> = {
  'nodes.csv': async () => {
    const read = readCsv(nodesCsv(rows));
    return [sum(read.map(({ diskCount }) => diskCount)), sum(read.map(({ diskBytes }) => diskBytes))];
  },
  'report: its machines': async () => {
    const { columns, rows: cells } = machineIndex(machines, new Map(), undefined);
    const of = (id: string): number => sum(cells.map((row) => row[columns.findIndex((column) => column.id === id)]));
    return [of('disks'), of('disk-space')];
  },
  'report: its details': async () => {
    const headings = DRIVE_FLEET.flatMap(
      (record, at) => /<h4>Drives: (\d+)</.exec(machineDetails(rows[at] ?? assert.fail(), record, []))?.[1],
    );
    return [sum(headings), undefined];
  },
  'SQL: disks': async () => query('select count(*) drives, sum(size_bytes) bytes from disks'),
  'SQL: machines': async () => query('select sum(disk_count) drives, sum(disk_bytes) bytes from machines'),
  'csv: machines.csv': async () => {
    const read = await csvOf('csv', 'machines.csv');
    return [sum(read.map(({ diskCount }) => diskCount)), sum(read.map(({ diskBytes }) => diskBytes))];
  },
  'csv: disks.csv': async () => {
    const read = await csvOf('csv', 'disks.csv');
    return [read.length, sum(read.map(({ sizeBytes }) => sizeBytes))];
  },
  netbox: async () => {
    const read = await csvOf('netbox', '09-inventory-items.csv');
    return [read.filter(({ role }) => role === 'Disk').length, undefined];
  },
  ironic: async () => {
    const disks = (await documents('ironic')).flatMap(({ inventory }) => inventory.disks);
    return [disks.length, sum(disks.map(({ size }: { size: number }) => size))];
  },
  ansible: async () => {
    const text = [...(await exported('ansible', { nodes })).files.values()].join('');
    const all = (name: string): number => sum([...text.matchAll(new RegExp(`${name}: (\\d+)`, 'g'))].map(([, number]) => number));
    return [all('recon_disk_count'), all('recon_disk_bytes')];
  },
  'live page': async () => [sum(DRIVE_FLEET.map((record) => recordText(record).find(({ id }) => id === 'disks')?.count)), undefined],
  diff: async () => [sum(nodes.map((node) => diffMachine(node).disks?.length)), undefined],
};

for (const [surface, count] of Object.entries(SURFACES))
  test(`one number of drives and of bytes: ${surface}`, async () => {
    const [drives, bytes = FLEET_BYTES] = await count();
    assert.deepEqual([drives, bytes], [FLEET_DRIVES, FLEET_BYTES]);
  });

test('one number: GLPI, which has megabytes', async () => {
  const disks = (await documents('glpi')).flatMap(({ content }) => content.storages).filter(({ type }) => type === 'disk');
  assert.equal(disks.length, FLEET_DRIVES);
  assert.ok(Math.abs(sum(disks.map(({ disksize }) => disksize)) * 1e6 - FLEET_BYTES) < FLEET_DRIVES * 1e6);
});

test('one number: the first thing that the report says, with the volumes beside it', () => {
  const text = totalsSection({ machines, models: 1, lost: 0, findings: [] });
  assert.ok(text.includes(`<dt>Storage</dt><dd>${decimalSize(FLEET_BYTES)}</dd>`), text);
  assert.match(text, /8 NVMe: 30.7 TB, 8 SSD: [\d.]+ TB, 8 HDD: [\d.]+ TB; 4 volumes of 14.1 TB, not added</);
});

test('a drive of 3.84 TB is called so everywhere, and a DIMM is told in GiB', async () => {
  const [, , nvme] = DRIVE_FLEET;
  assert.ok(nvme !== undefined);
  const record = nvme;
  const live = recordText(record).find(({ id }) => id === 'disks')?.blocks;
  assert.ok(tablesOf(live)[0]?.rows.every((row) => row.includes('3.84 TB')));
  assert.equal(reportParts(record).setup.Disks, '8 × 3.84 TB NVMe MZQL');
  assert.equal(machineDetails(rows[2] ?? assert.fail(), record, []).split('<td>3.84 TB</td>').length, 9);
  assert.ok(diffMachine({ mac: visitMac(2), record }).disks?.every(({ label }) => label.includes(' 3.84 TB ')));
  const items = await csvOf('netbox', '09-inventory-items.csv');
  assert.equal(items.filter(({ description }) => description === '3.84 TB, NVMe, nvme').length, 8);
  assert.equal(items.find(({ serial }) => serial === OTHER_SERIALS.dimm)?.['description'], '64 GiB');
  assert.equal(items.filter(({ description }) => description?.startsWith('480 GB, SSD')).length, 6, 'of perccli and of Linux alike');
});

const { dimm, supply, gpu, controller, adapter, transceiver } = OTHER_SERIALS;
/** What has a place for the serial numbers of which other parts; all have one for drives. */
const PLACES: Readonly<Record<string, { text: () => Promise<string>; others: readonly string[] }>> = {
  'nodes.csv': { text: async () => nodesCsv(rows), others: [] },
  csv: { text: () => allOf('csv'), others: [dimm, 'USB-1', 'LUN-1'] },
  netbox: { text: () => allOf('netbox'), others: [dimm, supply, gpu, controller, adapter, transceiver] },
  glpi: { text: () => allOf('glpi'), others: [dimm, supply, controller, adapter, 'USB-1'] },
  ironic: { text: () => allOf('ironic'), others: ['LUN-1'] },
  jsonl: { text: () => allOf('jsonl'), others: [dimm, supply, gpu, controller, adapter, transceiver, 'USB-1', 'LUN-1'] },
  SQL: {
    text: async () => ['disks', 'volumes', 'media', 'dimms', 'nics'].map((table) => answer(`select * from ${table}`)).reduce(joined),
    others: [dimm, transceiver, 'USB-1', 'LUN-1'],
  },
  'report: details': {
    text: async () => DRIVE_FLEET.map((record, at) => machineDetails(rows[at] ?? assert.fail(), record, [])).join(''),
    others: [dimm, supply, gpu, controller, 'USB-1', 'LUN-1'],
  },
  'report: search': {
    text: async () =>
      machines
        .map(({ hidden }) => hidden)
        .join('\n')
        .toUpperCase(),
    others: [dimm, supply, gpu, controller, adapter, transceiver, 'USB-1', 'LUN-1'],
  },
  'live page': {
    text: async () => JSON.stringify(DRIVE_FLEET.map(recordText)),
    others: [dimm, supply, gpu, controller, adapter, transceiver, 'USB-1', 'LUN-1'],
  },
};

for (const [place, { text, others }] of Object.entries(PLACES))
  test(`no serial number is lost: ${place}`, async () => {
    const found = await text();
    assert.deepEqual(
      [...DRIVE_SERIALS, ...others].filter((serial) => !new RegExp(`\\b${serial}\\b`).test(found)),
      [],
    );
  });

test('the record of the fleet says what the test wants', () => {
  assert.equal(DRIVE_SERIALS.length, FLEET_DRIVES);
  assert.equal(new Set(DRIVE_FLEET.flatMap((record) => rowsOf(record))).size, FLEET_DRIVES);
});

function rowsOf(record: (typeof DRIVE_FLEET)[number]): string[] {
  const { disks = [], storage } = recordData(record);
  const behind = [...(storage?.controllers ?? []).flatMap(({ physicalDrives }) => physicalDrives), ...(storage?.hiddenDrives ?? [])];
  return [...disks, ...behind].flatMap(({ serial }) => (serial?.toUpperCase().startsWith('DRIVE-') ? [serial.trim().toUpperCase()] : []));
}

async function joined(before: Promise<string>, next: Promise<string>): Promise<string> {
  return `${await before}\n${await next}`;
}

async function answer(sql: string): Promise<string> {
  let text = '';
  await queryVisits([memoryVisit(DRIVE_FLEET)], sql, {
    format: 'json',
    print: (piece) => {
      text += piece;
    },
  });
  return text;
}

async function query(sql: string): Promise<[number, number]> {
  const [row] = JSON.parse(await answer(sql)) as { drives: number; bytes: number }[];
  assert.ok(row !== undefined);
  return [row.drives, row.bytes];
}

async function allOf(format: string): Promise<string> {
  return [...(await exported(format, { nodes })).files.values()].join('\n');
}

async function csvOf(format: string, file: string): Promise<Record<string, string>[]> {
  return readCsv((await exported(format, { nodes })).files.get(file) ?? assert.fail(file));
}

// biome-ignore lint/suspicious/noExplicitAny: documents of other programs, looked into by their names
async function documents(format: string): Promise<any[]> {
  return [...(await exported(format, { nodes })).files.values()].map((text) => JSON.parse(text));
}

function tablesOf(blocks: readonly Block[] = []): Extract<Block, { kind: 'table' }>[] {
  return blocks.filter((block) => block.kind === 'table');
}
