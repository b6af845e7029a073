import assert from 'node:assert/strict';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readXlsx } from 'hucre/xlsx';
import { compareVisits } from '../../src/desk/diff.ts';
import { exportVisit } from '../../src/desk/export-visit.ts';
import { queryVisits } from '../../src/desk/query.ts';
import { writeVisitReport } from '../../src/desk/report.ts';
import { TOKEN_HEADER, tokenPath } from '../../src/domain/api.ts';
import type { NodeRecord } from '../../src/domain/record/node-record.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { EXPORT_FORMATS } from '../../src/report/export/formats/formats.ts';
import { TABLES } from '../../src/report/tables/tables.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { openVisit } from '../../src/tarball/open-visit.ts';
import type { Visit } from '../../src/tarball/visit.ts';
import { appFixture, NOW } from '../master/app-fixture.ts';
import { captureOf, recordFor, sha256Of } from '../master/fixture-records.ts';
import { EXAMPLE_WORDS } from '../report/export/example-words.ts';
import { tarballFiles } from './tarball-files.ts';

/** ESC as CSI of C1, OSC of C1, DEL, an override, an isolate, a separator of lines and what has no width. */
const STEERS = ['\x9b', '\x9d', '\x7f', '\u202e', '\u2066', '\u2028', '\u200b'];
const EVIL = `A${STEERS.join('')}Z`;
const MAC = '52:54:00:00:00:01';
const AWAY = '10.77.9.9';
const RAW = `Serial Number: ${EVIL}\r\n`;

/** Each text that a machine may choose has all of them. */
function deceiver(): NodeRecord {
  const record = recordFor(`S1${EVIL}`);
  const data = { vendor: `V${EVIL}`, product: `P${EVIL}`, serial: `S1${EVIL}`, uuid: `U${EVIL}`, [`key${EVIL}`]: [EVIL, { [EVIL]: EVIL }] };
  Object.assign(record.sections.system, { data });
  Object.assign(record.sections.cpu, { data: { model: `C${EVIL}`, sockets: 1 } });
  Object.assign(record.sections.disks, { data: [{ name: `sda${EVIL}`, model: `M${EVIL}`, serial: `D${EVIL}`, smartPassed: false }] });
  const lldp = [{ chassisName: `sw${EVIL}`, portId: `p${EVIL}` }];
  Object.assign(record.sections.nics, { data: [{ name: `e${EVIL}`, mac: MAC, linkUp: true, lldp }] });
  Object.assign(record.sections.pci, { reason: `why${EVIL}` });
  const custom = [{ name: `mine${EVIL}`, status: 'ok', lines: [EVIL], data: { [EVIL]: EVIL } }];
  Object.assign(record.sections, { custom: { status: 'ok', data: custom } });
  return { ...record, collectors: [{ id: `c${EVIL}`, status: 'failed', durationMs: 1, reason: EVIL }] };
}

function assertPlain(text: string, where: string): void {
  for (const one of STEERS) assert.equal(text.includes(one), false, `${where} holds ${JSON.stringify(one)}`);
}

/** What a program that reads JSON prints. */
function assertPlainValues(value: unknown, where: string): void {
  if (typeof value === 'string') assertPlain(value, where);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) {
      assertPlain(key, where);
      assertPlainValues(item, where);
    }
}

/** It boots, says where it is, delivers, and a second one asks and never arrives. */
async function visited(root: string): Promise<{ path: string; sent: string; answers: Map<string, string> }> {
  await using fixture = await appFixture();
  const { app, deps } = fixture;
  await deps.leases.add(MAC, AWAY);
  const told = new URLSearchParams({ manufacturer: `V${EVIL}`, product: `P${EVIL}`, serial: `S${EVIL}`, asset: EVIL });
  await app.inject({ url: `/nodes/52-54-00-00-00-01/boot.ipxe?${told}`, remoteAddress: AWAY });
  await app.inject({ url: `/nodes/52-54-00-00-00-02/boot.ipxe?${told}`, remoteAddress: '10.77.9.8' });
  deps.ledger.add({ mac: MAC, stage: 'kernel', detail: EVIL });
  const send = async (what: string, payload: string | Buffer, more: object = {}): Promise<void> => {
    const token = (await app.inject({ method: 'POST', url: tokenPath(MAC), remoteAddress: AWAY })).body;
    const headers = { [TOKEN_HEADER]: token, 'x-recon-sha256': sha256Of(payload), ...more };
    const method = what === 'progress' ? 'POST' : 'PUT';
    const answer = await app.inject({ method, url: `/nodes/52-54-00-00-00-01/${what}`, remoteAddress: AWAY, headers, payload });
    assert.ok(answer.statusCode < 300, `${what}: ${answer.body}`);
  };
  const sent = JSON.stringify(deceiver());
  const capture = captureOf({ 'raw/dmidecode.out': RAW });
  await send('capture', capture);
  await send('record', sent, { 'x-recon-capture': sha256Of(capture) });
  const answers = new Map<string, string>();
  for (const url of ['/nodes', '/visit', `/nodes/${MAC}`]) answers.set(url, (await app.inject(url)).body);
  await deps.ledger.sync();
  // as an older version wrote it
  const older = { sequence: 999, at: NOW.toISOString(), mac: MAC, stage: 'collect', detail: EVIL };
  await appendFile(join(deps.dataDirectory, 'ledger.jsonl'), `${JSON.stringify(older)}\n`);
  const { path } = await sealTarball({
    ...{ directory: root, ledgerPath: join(deps.dataDirectory, 'ledger.jsonl'), site: 'lab', imageVersion: '1', now: NOW },
    ...{
      revisions: deps.store.latest(),
      earlier: deps.store.latest(),
      replaces: undefined,
      reportScript: '0',
      notes: [`a note of ${EVIL}`],
    },
    missing: [{ mac: '52:54:00:00:00:02', stage: 'script', at: undefined, address: undefined, detail: EVIL }],
  });
  return { path, sent, answers };
}

test('a machine whose texts steer terminals and turn lines deceives nobody, by no file of the tarball, and nothing of them is lost', async () => {
  await using directory = await temporaryDirectory('recon-deceive-');
  const { path, sent, answers } = await visited(directory.path);
  for (const [url, body] of answers) {
    assertPlain(body, url);
    if (/^[[{]/.test(body)) assertPlainValues(JSON.parse(body), url);
  }
  assert.match(answers.get(`/nodes/${MAC}`) ?? '', /<U\+009B><U\+009D><U\+007F><U\+202E>/);
  const files = await tarballFiles(await readFile(path));
  for (const [name, content] of files) {
    const isRaw = name.includes('/capture/');
    if (isRaw) assert.equal(content.toString('utf8'), RAW, 'what was printed is as it was');
    else assertPlain(content.toString('utf8'), name);
    if (name.endsWith('.jsonl') && name !== 'ledger.jsonl')
      for (const line of content.toString('utf8').trim().split('\n')) assertPlainValues(JSON.parse(line), name);
    if (name.endsWith('.json') && !name.endsWith('node.json')) assertPlainValues(JSON.parse(content.toString('utf8')), name);
  }
  assert.deepEqual(JSON.parse(files.get('nodes/52-54-00-00-00-01/node.json')?.toString('utf8') ?? ''), JSON.parse(sent));
  const html = files.get('report.html')?.toString('utf8') ?? '';
  const packed = [...html.matchAll(/>(H4sI[\w+/=]+)</g)].map(([, part = '']) => gunzipSync(Buffer.from(part, 'base64')).toString('utf8'));
  assert.ok(packed.length > 0);
  for (const part of packed) assertPlain(part, 'a packed part of report.html');
  assert.match([html, ...packed].join(), /&#60;U\+202E&#62;/);
});

test('nor by anything that is made of the tarball at a desk', async () => {
  await using directory = await temporaryDirectory('recon-deceive-');
  const visit = await openVisit((await visited(directory.path)).path);
  const said = await everyOutput(visit, directory.path);
  assert.ok(said.size > TABLES.length + EXPORT_FORMATS.length);
  for (const [name, text] of said) {
    assertPlain(text, name);
    if (/json/.test(name))
      for (const json of name.includes('jsonl') ? text.trim().split('\n') : [text]) assertPlainValues(JSON.parse(json), name);
  }
});

async function everyOutput(visit: Visit, root: string): Promise<Map<string, string>> {
  const said = new Map<string, string>();
  const into = (name: string) => (text: string) => void said.set(name, (said.get(name) ?? '') + text);
  for (const { name } of TABLES)
    for (const format of ['csv', 'json', 'table'] as const)
      await queryVisits([visit], `SELECT * FROM ${name}`, { format, print: into(`query ${name} as ${format}`) });
  for (const { name, shape } of EXPORT_FORMATS) {
    const output = join(root, `export-${name}`);
    await exportVisit(visit, {
      format: name,
      set: EXAMPLE_WORDS[name] ?? [],
      firstAddress: '10.0.0.10',
      print: into(`export ${name}`),
      warn: into(`warning of ${name}`),
      ...(shape === 'file' ? {} : { output }),
    });
    if (shape === 'file') continue;
    if (shape === 'binary') {
      for (const { rows } of (await readXlsx(await readFile(output))).sheets) into(`export ${name}`)(rows.join('\n'));
      continue;
    }
    for (const file of await readdir(output)) said.set(`export ${name} ${file}`, await readFile(join(output, file), 'utf8'));
  }
  for (const json of [true, false])
    await compareVisits(visit, visit, { json, html: join(root, 'diff.html'), print: into(json ? 'diff as json' : 'diff') });
  said.set('page of diff', await readFile(join(root, 'diff.html'), 'utf8'));
  const { path } = await writeVisitReport(visit, join(root, 'report'), () => {});
  said.set('page of report', await readFile(path, 'utf8'));
  return said;
}
