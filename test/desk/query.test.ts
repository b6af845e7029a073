import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { withVisits } from '../../src/desk/open-tarballs.ts';
import { queryVisits } from '../../src/desk/query.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import type { QueryFormat } from '../../src/report/tables/query-text.ts';
import { deskTarball } from './desk-fixture.ts';

const directory = await temporaryDirectory('recon-query-');
after(() => directory[Symbol.asyncDispose]());
const { path } = await deskTarball(directory.path, ['S-100', 'S-200']);

test('rows, types and units as a table, CSV and JSON', async () => {
  assert.equal(
    await ask('select serial, cpu_cores as cores from machines order by serial'),
    'serial  cores\n------  -----\nS-100      32\nS-200      32\n',
  );
  assert.equal(await ask('select model, size_bytes from disks limit 1', 'csv'), 'model,size_bytes\r\nSSD <fast>,480103981056\r\n');
  const json = await ask(
    "select m.serial, d.smart_passed, record->>'$.schemaVersion' v from machines m join disks d using (visit, mac) order by 1",
    'json',
  );
  assert.deepEqual(JSON.parse(json), [
    { serial: 'S-100', smart_passed: 0, v: 1 },
    { serial: 'S-200', smart_passed: 0, v: 1 },
  ]);
  assert.deepEqual(JSON.parse(await ask('select 1 where 1 = 2', 'json')), []);
  assert.equal(await ask("select count(*) n from nics where lldp_switch = 'sw1'", 'csv'), 'n\r\n2\r\n');
  assert.deepEqual(
    JSON.parse(await ask("select distinct visit, code from findings where code like 'disk%' limit 1", 'json'))[0].visit,
    'hall-3 2026-11-20T23:59:00.000Z',
  );
});

test('the query may only read, and what is wrong is said with the tables', async () => {
  for (const sql of ['delete from machines', "attach 'x' as y", 'pragma query_only = 0', "vacuum into 'x'", 'drop table disks'])
    await assert.rejects(ask(sql), { code: 'usage', message: 'the query cannot be run: it may only read' });
  await assert.rejects(ask('select 1; select 2'), { code: 'usage', message: 'only one statement at a time' });
  await assert.rejects(ask('select colour from machines'), {
    code: 'usage',
    message: /no such column: colour/,
    hint: /disks \(visit, mac, position/,
  });
});

async function ask(sql: string, format: QueryFormat = 'table'): Promise<string> {
  let text = '';
  await withVisits([path], { warn: assert.fail }, (visits) =>
    queryVisits(visits, sql, format, (piece) => {
      text += piece;
    }),
  );
  return text;
}
