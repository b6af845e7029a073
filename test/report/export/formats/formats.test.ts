import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { EXPORT_FORMATS, exportFormat } from '../../../../src/report/export/formats/formats.ts';
import type { ExportMachine } from '../../../../src/report/export/machine.ts';
import type { VisitNode } from '../../../../src/tarball/visit.ts';
import { recordedAnswer } from '../../../inventory/recordings/recording-files.ts';
import { recordFor } from '../../../master/fixture-records.ts';
import { exported, machinesOf, ODD_NODES } from '../odd-visit.ts';

const TEXT_FORMATS = EXPORT_FORMATS.filter(({ shape }) => shape !== 'binary');

for (const { name } of TEXT_FORMATS) {
  test(`${name}: as it was agreed on`, async () => {
    const { files } = await exported(name);
    const text = [...files].map(([file, content]) => `== ${file}\n${content}`.replaceAll('\r\n', '\n')).join('');
    const golden = new URL(`golden/${name}.txt`, import.meta.url);
    // for whoever changes a format on purpose, and reads what came of it
    if (process.env['RECON_WRITE_GOLDEN'] === '1') await writeFile(golden, text);
    assert.equal(text, await readFile(golden, 'utf8'));
  });
}

test('names: by serial number, by address where two have it; labels only, each once', async () => {
  const names = (await all(machinesOf())).map(({ name }) => name);
  assert.deepEqual(names.slice(0, 5), ['sn-abc123', 'mac-525400000001', 'mac-525400000002', 'mac-525400000003', 'mac-525400000004']);
  assert.equal(names[9], 'sn-localhost');
  assert.equal(names[10], 'sn-9lives');
  assert.equal(names.at(-1), 'mac-52540000000d', 'no serial number');
  assert.equal(new Set(names).size, ODD_NODES.length);
  for (const name of names) assert.match(name, /^[a-z0-9]([a-z0-9-]{0,57}[a-z0-9])?$/);
});

test('older records and machines that never sent one are left out', async () => {
  const nodes: VisitNode[] = [
    { ...first(), sameAs: '52:54:00:00:00:01' },
    { ...first(), origin: 'initrd' },
  ];
  assert.deepEqual([...(await exported('ipmitool', { nodes })).files], []);
});

test('addresses are given in order, without those of BMCs and those that a subnet may need', async () => {
  const given = await all(machinesOf(ODD_NODES, '192.0.1.253'));
  assert.deepEqual(
    given.slice(0, 11).map(({ address }) => address?.replace('192.0.', '')),
    ['1.253', '1.254', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.10'],
    '192.0.2.9 is a BMC',
  );
});

for (const [address, said] of [
  ['10.0.0', /^--first-address 10\.0\.0 is not an IPv4 address of a machine$/],
  ['10.0.0.256', /is not an IPv4 address/],
  ['0.0.0.0', /is not an IPv4 address/],
  ['fe80::1', /is not an IPv4 address/],
  ['255.255.255.255', /is not an IPv4 address/],
  ['126.255.255.250', /^--first-address 126\.255\.255\.250 leaves room for 5 of 14 machines: 127\.0\.0\.0 is none$/],
  ['223.255.255.254', /leaves room for 1 of 14 machines: 224\.0\.0\.0 is none$/],
] as const) {
  test(`--first-address ${address}: refused`, async () => {
    await assert.rejects(all(machinesOf(ODD_NODES, address)), { code: 'usage', message: said });
  });
}

test('a BMC whose address another one has is in no list that switches machines off', async () => {
  for (const format of ['ipmitool', 'conman', 'powerman', 'hosts']) {
    const { files, leftOut } = await exported(format);
    assert.doesNotMatch([...files.values()].join(''), /192\.0\.2\.9\b/, format);
    assert.equal(leftOut.filter((reason) => reason === 'another BMC of the visit says the same address').length, 2, format);
  }
});

test('comments: one line each, from which visit, and what to do with the file', async () => {
  const told: string[] = [];
  for (const { name: format } of TEXT_FORMATS) {
    const [text = ''] = (await exported(format)).files.values();
    if (!text.startsWith('# ')) continue;
    told.push(format);
    assert.match(text, /^# .*\n# site Hall "3" rogue, visit sealed at 2026-11-20T12:00:00\.000Z, .*\n# Use: /, format);
    for (const line of text.split('\n')) assert.match(line, /^[\x20-\x7e\t]*$/, format);
  }
  assert.ok(told.length >= 6, told.join(', '));
});

test('docs/export.md has a section for every format, in the order of the help', async () => {
  const document = await readFile(join(import.meta.dirname, '../../../../docs/export.md'), 'utf8');
  const told = [...document.matchAll(/^## `([a-z0-9-]+)`/gm)].map((match) => match[1]);
  assert.deepEqual(
    told,
    EXPORT_FORMATS.map(({ name }) => name),
  );
});

test('an unknown format: the nearest is named', () => {
  assert.throws(() => exportFormat('netbx'), { code: 'usage', message: 'there is no export format "netbx"', hint: '--format netbox' });
});

test('glpi: every document is valid by the schema of GLPI', async () => {
  // its `format` words are checked, too
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(recordedAnswer('inventory_format/inventory.schema.json'));
  for (const [file, text] of (await exported('glpi')).files)
    assert.ok(validate(JSON.parse(text)), `${file}: ${JSON.stringify(validate.errors)}`);
});

async function all(from: AsyncIterable<ExportMachine>): Promise<ExportMachine[]> {
  const found: ExportMachine[] = [];
  for await (const one of from) found.push(one);
  return found;
}

function first(): VisitNode {
  return { mac: '52:54:00:00:00:00', record: recordFor('ABC123') };
}
