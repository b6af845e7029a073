import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { withVisits } from '../../src/desk/open-tarballs.ts';
import { queryVisits } from '../../src/desk/query.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { examplesText, QUERY_EXAMPLES } from '../../src/report/tables/examples.ts';
import type { QueryFormat } from '../../src/report/tables/query-text.ts';
import { writeFleet } from '../fleet/write-fleet.ts';
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

test('a star leaves the record out, and who names it has it', async () => {
  for (const sql of ['select * from machines', 'select * from (select * from machines) join visits using (visit)'])
    assert.deepEqual(
      Object.keys(JSON.parse(await ask(sql, 'json'))[0]).filter((name) => name.startsWith('record')),
      [],
    );
  assert.equal(JSON.parse(JSON.parse(await ask('select *, record from machines', 'json'))[0].record).schemaVersion, 1);
});

test('a table fits the terminal: long texts are cut, and too many columns stand below each other', async () => {
  const sql = 'select serial, product, visit || visit || visit long from machines';
  const wide = (await ask(sql, 'table', { widthColumns: 40 })).split('\n');
  assert.ok(
    wide.every((line) => line.length <= 40),
    wide.join('\n'),
  );
  assert.match(wide[2] ?? '', /^S-100 .*…$/);
  const long = (await ask('select * from machines', 'table', { widthColumns: 80 })).split('\n');
  assert.ok(long.every((line) => line.length <= 80));
  assert.ok(
    long.some((line) => /^serial {2,}S-100$/.test(line)),
    long.join('\n'),
  );
});

test('sizes, times and truth as people say them', async () => {
  const human = async (sql: string): Promise<string[]> => (await ask(sql, 'table', { isHuman: true })).split('\n').slice(2, 3);
  assert.deepEqual(await human('select size_bytes, smart_passed from disks'), ['480 GB      no']);
  assert.deepEqual(await human('select created_at from visits'), ['20 November 2026, 23:59 UTC']);
  assert.deepEqual(await human('select sum(size_bytes) as bytes from dimms'), ['256 GiB']);
});

test('a wrong name is told with the nearest one', async () => {
  await assert.rejects(ask('select modle from disks'), {
    code: 'usage',
    hint: /^did you mean model\? It is in disks, .*\n {7}the tables are /s,
  });
  await assert.rejects(ask('select d.seriall from disks d'), { hint: /^did you mean serial\?/ });
  await assert.rejects(ask('select 1 from disk'), { hint: /^did you mean the table disks\?/ });
});

test('from the question on a signal ends the command at once', async () => {
  const said: string[] = [];
  await withVisits([path], { warn: assert.fail }, (visits) =>
    queryVisits(visits, 'select 1', {
      format: 'csv',
      print: (text) => said.push(text.trim()),
      letGo: () => {
        said.push('let go');
        return () => void said.push('hold');
      },
    }),
  );
  assert.deepEqual(said, ['let go', '1', '1', 'hold']);
});

test('each example answers; ten of them', async () => {
  await using fleet = await temporaryDirectory('recon-examples-');
  const tarball = join(fleet.path, 'fleet.tar.gz');
  await writeFleet(tarball, { machines: 20 });
  assert.equal(QUERY_EXAMPLES.length, 10);
  await withVisits([tarball], { warn: assert.fail }, async (visits) => {
    for (const { about, sql } of QUERY_EXAMPLES) {
      let answer = '';
      await queryVisits(visits, sql, { format: 'csv', print: (piece) => (answer += piece) });
      assert.ok(examplesText().includes(`"${sql}"`), 'as it is typed');
      assert.match(answer, /^[^\r]+\r\n/, about);
    }
  });
});

async function ask(sql: string, format: QueryFormat = 'table', more: { isHuman?: boolean; widthColumns?: number } = {}): Promise<string> {
  let text = '';
  await withVisits([path], { warn: assert.fail }, (visits) =>
    queryVisits(visits, sql, {
      format,
      print: (piece) => {
        text += piece;
      },
      ...more,
    }),
  );
  return text;
}
