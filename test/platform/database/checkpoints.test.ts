import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { checkpointsOf } from '../../../src/platform/database/checkpoints.ts';
import { openKeptRows } from '../../../src/platform/database/kept-rows.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

test('a thread moves what was written into the file, and the log does not grow without an end', { timeout: 60_000 }, async () => {
  await using directory = await temporaryDirectory('recon-rows-');
  const path = join(directory.path, 'rows.sqlite');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (text TEXT)');
  let waited = 0;
  const counted = {
    exec: (sql: string): void => {
      waited += 1;
      database.exec(sql);
    },
  };
  const checkpoints = checkpointsOf(path, counted, 100_000);
  const insert = database.prepare('INSERT INTO t VALUES (?)');
  const isInFile = async (text: string): Promise<boolean> => (await readFile(path)).includes(text);
  for (let turn = 0; !(await isInFile('row 5,')); turn += 1) {
    insert.run(`row ${turn}, ${'x'.repeat(2000)}`);
    checkpoints.noteWrite();
    if (turn % 100 === 0) await setTimeout(5);
  }
  const before = (await stat(`${path}-wal`)).size;
  for (let turn = 0; turn < 4000; turn += 1) {
    insert.run('x'.repeat(2000));
    checkpoints.noteWrite();
    if (turn % 20 === 0) await setTimeout(1);
  }
  checkpoints.end();
  const after = (await stat(`${path}-wal`)).size;
  assert.ok(after < before + 2_000_000, `${before} and then ${after} bytes of 16 MB that were written`);
  // a log that has begun anew is short again: of 400 KB and more, not at each look
  assert.ok(waited <= 60, `${waited} writes waited for a checkpoint`);
  database.close();
});

test('rows are there after a start that finds a log of many megabytes, and no write has waited for a checkpoint', async () => {
  await using directory = await temporaryDirectory('recon-rows-');
  const path = join(directory.path, 'rows.sqlite');
  const open = () => openKeptRows(path, { table: 'machines', onDamage: () => assert.fail('damaged') });
  const rows = open();
  for (let turn = 0; turn < 3000; turn += 1) {
    rows.put(`key ${turn}`, 'x'.repeat(3000));
    if (turn % 100 === 0) rows.all();
  }
  rows.all();
  // SQLite alone would have begun anew at 4 MiB
  assert.ok((await stat(`${path}-wal`)).size > 6_000_000);
  const other = open();
  assert.equal(other.all().length, 3000);
  other[Symbol.dispose]();
  rows[Symbol.dispose]();
});
