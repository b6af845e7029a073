import assert from 'node:assert/strict';
import { access, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { withLockFile } from '../../../src/platform/files/lock-file.ts';
import { replaceBuiltin, systemError } from './replace-builtin.ts';

test('one at a time, and the lock goes away with its work, also when that fails', async () => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  const [order, state]: [string[], { inside: number }] = [[], { inside: 0 }];
  const work = (name: string) => async (): Promise<string> => {
    state.inside += 1;
    assert.equal(state.inside, 1, 'somebody else is inside');
    await new Promise((resolve) => setImmediate(resolve));
    order.push(name);
    state.inside -= 1;
    return name;
  };
  assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((name) => withLockFile(path, work(name)))), ['a', 'b', 'c']);
  assert.equal(order.length, 3);
  await assert.rejects(
    withLockFile(path, () => Promise.reject(new Error('no luck'))),
    /no luck/,
  );
  await assert.rejects(access(path), { code: 'ENOENT' });
});

test('what a killed process left behind is taken after ten seconds; a fresh one is waited for', async () => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  await writeFile(path, '');
  const waiting = withLockFile(path, async () => 'done');
  const first = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 200, 'still waiting'))]);
  assert.equal(first, 'still waiting');
  const old = new Date(Date.now() - 11_000);
  await utimes(path, old, old);
  assert.equal(await waiting, 'done');
});

test('a lock is asked for again every 20 ms, and is left behind after more than ten seconds', async (t) => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  await writeFile(path, '');
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  let asked = 0;
  replaceBuiltin(t, 'stat', async () => {
    asked += 1;
    if (asked === 1) throw systemError('ENOENT');
    // somebody else who waits was quicker
    if (asked === 3) await rm(path);
    return { mtimeMs: Date.now() - (asked === 2 ? 10_000 : 10_001) };
  });
  const taken = withLockFile(path, async () => 'done');
  for (const times of [1, 2]) {
    while (asked < times) await new Promise(setImmediate);
    for (let turn = 0; turn < 20; turn += 1) await readFile(path);
    assert.equal(asked, times);
    t.mock.timers.tick(20);
  }
  assert.deepEqual([await taken, asked], ['done', 3]);
});

test('a lock is for its user alone, and may be gone when its work is done', async () => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  const mode = await withLockFile(path, async () => {
    const found = await stat(path);
    await rm(path);
    return found.mode & 0o777;
  });
  assert.equal(mode, 0o600);
});

test('where no file can be made that is said', async () => {
  await assert.rejects(
    withLockFile('/absent/lock', async () => 1),
    { code: 'ENOENT' },
  );
});

test('one of a time that is yet to come, because the clock was set back, is left behind after ten seconds as well', async (t) => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  await writeFile(path, '');
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  const mtimeMs = Date.parse('2038-02-01T00:00:00Z');
  let asked = 0;
  replaceBuiltin(t, 'stat', async () => {
    asked += 1;
    return { mtimeMs };
  });
  let isDone = false;
  const taken = withLockFile(path, async () => 'done').finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise(setImmediate);
    t.mock.timers.tick(20);
  }
  assert.deepEqual([await taken, asked], ['done', 502]);
});
