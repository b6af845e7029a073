import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../../src/platform/command.ts';
import { appendPieces } from '../../../src/platform/export-files.ts';
import { temporaryDirectory } from '../../../src/platform/files.ts';
import { exportFleet } from '../../../src/report/export/export-fleet.ts';
import { type ExportMachine, exportMachines } from '../../../src/report/export/export-machine.ts';
import { EXPORT_FORMATS, exportFormat } from '../../../src/report/export/formats.ts';
import type { VisitNode } from '../../../src/report/visit.ts';
import { recordFor } from '../../master/fixture-records.ts';

const SCHEMA = join(import.meta.dirname, '../../../../shared/machines/inventory_format/inventory.schema.json');
const VISIT = { site: 'Hall "3"\nrogue', createdAt: '2026-11-20T12:00:00.000Z', imageVersion: '13.0.1' };
// two have one serial number; the others try to be syntax
const SERIALS = [
  'ABC123',
  'TWICE',
  'twice',
  '"; }\nhost evil { }\n#',
  "=cmd|'/c calc'!A1",
  '{{ lookup("pipe", "id") }}',
  '$(id)`id`',
  'localhost',
];
const NODES: VisitNode[] = SERIALS.map((serial, index) => ({ mac: `52:54:00:00:00:0${index}`, revision: 1, record: recordFor(serial) }));

for (const { name } of EXPORT_FORMATS) {
  test(`${name}: as it was agreed on`, async () => {
    const files = await exported(name);
    const text = [...files].map(([file, content]) => `== ${file}\n${content}`).join('');
    const golden = new URL(`golden/${name}.txt`, import.meta.url);
    assert.equal(text.replaceAll('\r\n', '\n'), await readFile(golden, 'utf8'));
  });
}

test('names: by serial number, by address where two have it; labels only, each once', async () => {
  const names = (await all(machines())).map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ['sn-abc123', 'mac-525400000001', 'mac-525400000002']);
  assert.equal(names.at(-1), 'sn-localhost');
  assert.equal(new Set(names).size, SERIALS.length);
  for (const name of names) assert.match(name, /^[a-z0-9]([a-z0-9-]{0,57}[a-z0-9])?$/);
});

test('older records and machines that never sent one are left out', async () => {
  const nodes: VisitNode[] = [
    { ...first(), sameAs: '52:54:00:00:00:01' },
    { ...first(), origin: 'initrd' },
  ];
  assert.deepEqual([...(await exported('ipmitool', nodes))], []);
});

test('addresses are given in order, without those of BMCs', async () => {
  const given = await all(machines(NODES, 0xc0000208));
  assert.deepEqual(
    given.slice(0, 2).map(({ address }) => address),
    ['192.0.2.8', '192.0.2.10'],
    '192.0.2.9 is the BMC',
  );
});

test('docs/export.md has a section for every format, in the order of the help', async () => {
  const document = await readFile(join(import.meta.dirname, '../../../docs/export.md'), 'utf8');
  const told = [...document.matchAll(/^## `([a-z-]+)`/gm)].map((match) => match[1]);
  assert.deepEqual(
    told,
    EXPORT_FORMATS.map(({ name }) => name),
  );
});

test('an unknown format: the nearest is named', () => {
  assert.throws(() => exportFormat('netbx'), { code: 'usage', message: 'there is no export format "netbx"', hint: '--format netbox' });
});

test('glpi: every document is valid by the schema of GLPI', async (context) => {
  const schema = await readFile(SCHEMA, 'utf8').catch(() => undefined);
  if (schema === undefined) return context.skip('the schema is beside the checkout, and is not there');
  const { Ajv } = await import('ajv');
  const validate = new Ajv({ strict: false }).compile(JSON.parse(schema));
  for (const [file, text] of await exported('glpi')) assert.ok(validate(JSON.parse(text)), `${file}: ${JSON.stringify(validate.errors)}`);
});

test('dnsmasq takes its lines', async (context) => {
  await using directory = await temporaryDirectory('recon-export-');
  await appendPieces(directory.path, exportFormat('dnsmasq').write(machines(), VISIT));
  const file = join(directory.path, 'dnsmasq-hosts.conf');
  const checked = await run(['dnsmasq', '--test', `--conf-file=${file}`], { timeoutMs: 10_000 });
  if (checked.status === 'absent') return context.skip('dnsmasq is not installed');
  assert.equal(checked.exitCode, 0, checked.stderr.toString());
});

async function exported(name: string, nodes = NODES): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { file, text } of exportFormat(name).write(machines(nodes), VISIT)) files.set(file, (files.get(file) ?? '') + text);
  return files;
}

async function all(from: AsyncIterable<ExportMachine>): Promise<ExportMachine[]> {
  const found: ExportMachine[] = [];
  for await (const one of from) found.push(one);
  return found;
}

async function* machines(nodes = NODES, firstAddress?: number) {
  yield* exportMachines(stream(nodes), await exportFleet(stream(nodes)), firstAddress);
}

async function* stream(nodes: readonly VisitNode[]): AsyncGenerator<VisitNode> {
  yield* nodes;
}

function first(): VisitNode {
  return { mac: '52:54:00:00:00:00', record: recordFor('ABC123') };
}
