import assert from 'node:assert/strict';
import { copyFile, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type KeptRows, openKeptRows } from '../../../src/platform/database/kept-rows.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';

function openRows(path: string, aside: string[] = []): KeptRows {
  return openKeptRows(path, { table: 'things', onDamage: (keptAs) => aside.push(keptAs) });
}

async function damage(path: string, atByte: number): Promise<void> {
  await using file = await open(path, 'r+');
  await file.write(Buffer.alloc(4096, 0xff), 0, 4096, atByte);
}

async function openFiles(): Promise<string[]> {
  const names = await readdir('/proc/self/fd');
  return Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
}

it('keeps the last text of each key, also behind the end of whoever put it there', async () => {
  await using directory = await temporaryDirectory('recon-rows-');
  const path = join(directory.path, 'rows.sqlite');
  {
    using rows = openRows(path);
    rows.put('b', 'one');
    rows.put('a', 'two');
    rows.put('b', 'three');
    rows.put('c', 'four');
    rows.remove('c');
    // a reader does not hold up who writes
    using reader = new DatabaseSync(path, { readOnly: true });
    assert.deepEqual({ ...reader.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
  }
  const rows = openRows(path);
  assert.deepEqual(rows.all(), [
    ['a', 'two'],
    ['b', 'three'],
  ]);
  rows[Symbol.dispose]();
  assert.throws(() => rows.all(), 'closed');
});

for (const [what, atByte, suffixes] of [
  ['head', 0, ['', '-wal', '-shm']],
  ['table', 4096, ['']],
] as const) {
  it(`puts a file aside whose ${what} is damaged, and takes nothing over from what was written beside it`, async () => {
    await using directory = await temporaryDirectory('recon-rows-');
    const [path, whole] = [join(directory.path, 'rows.sqlite'), join(directory.path, 'whole.sqlite')];
    {
      using rows = openRows(whole);
      rows.put('a', 'one');
    }
    {
      using rows = openRows(whole);
      rows.put('b', 'two');
      // as a power cut leaves them: what was put last is in the journal alone
      for (const suffix of suffixes) await copyFile(`${whole}${suffix}`, `${path}${suffix}`);
    }
    await damage(path, atByte);
    const aside: string[] = [];
    using rows = openRows(path, aside);
    assert.deepEqual([rows.all(), aside], [[], [`${path}.damaged`]]);
    rows.put('c', 'three');
    assert.ok(await exists(`${path}.damaged`));
    assert.ok(!(await openFiles()).some((name) => name.startsWith(`${path}.damaged`)), 'nobody holds it');
  });
}

it('fails where no file can be made', async () => {
  await using directory = await temporaryDirectory('recon-rows-');
  const aside: string[] = [];
  assert.throws(() => openRows(join(directory.path, 'missing', 'rows.sqlite'), aside), { code: 'ERR_SQLITE_ERROR' });
  assert.deepEqual(aside, []);
});

it('keeps in memory what a full disk does not take, says so once, and writes it when there is room', async () => {
  await using directory = await temporaryDirectory('recon-rows-');
  const path = join(directory.path, 'rows.sqlite');
  const faults: (string | undefined)[] = [];
  {
    using rows = openKeptRows(path, { table: 'things', onDamage: () => {}, onFault: (reason) => faults.push(reason) });
    using other = new DatabaseSync(path, { timeout: 1000 });
    other.exec("CREATE TRIGGER full BEFORE INSERT ON things BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
    rows.put('a', 'one');
    rows.put('b', 'two');
    await setImmediate();
    rows.put('a', 'three');
    await setImmediate();
    assert.deepEqual(faults, ['disk is full']);
    assert.throws(() => rows.all(), /disk is full/, 'nobody is told that nothing is there');
    other.exec('DROP TRIGGER full');
    assert.deepEqual(rows.all(), [
      ['a', 'three'],
      ['b', 'two'],
    ]);
    assert.deepEqual(faults, ['disk is full', undefined]);
  }
});

it('writes all of one turn at once, before the next', async () => {
  await using directory = await temporaryDirectory('recon-rows-');
  const path = join(directory.path, 'rows.sqlite');
  using rows = openRows(path);
  using reader = new DatabaseSync(path, { readOnly: true });
  const count = (): unknown => reader.prepare('SELECT count(*) AS rows FROM things').get()?.['rows'];
  for (const key of ['a', 'b', 'c']) rows.put(key, 'one');
  assert.equal(count(), 0);
  await setImmediate();
  assert.equal(count(), 3);
});
