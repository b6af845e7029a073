import assert from 'node:assert/strict';
import { access, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { withLockFile } from '../../../src/platform/files/lock-file.ts';

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

test('where no file can be made that is said', async () => {
  await assert.rejects(
    withLockFile('/absent/lock', async () => 1),
    { code: 'ENOENT' },
  );
});
