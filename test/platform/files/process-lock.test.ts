import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { takeProcessLock } from '../../../src/platform/files/process-lock.ts';

test('one holder at a time; given back, the next one has it', async () => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  {
    const lock = await takeProcessLock(path);
    assert.ok(!('heldBy' in lock));
    await using _held = lock;
    assert.deepEqual(await takeProcessLock(path), { heldBy: process.pid });
  }
  assert.ok(!(await exists(path)));
  assert.ok(!('heldBy' in (await takeProcessLock(path))));
});

test('a lock that a killed process left counts for nothing, also when its number belongs to another by now', async () => {
  await using directory = await temporaryDirectory('recon-lock-');
  const path = join(directory.path, 'lock');
  for (const left of ['4194303 77', `${process.pid} 1`, '', 'nonsense', '\0\0\0']) {
    await writeFile(path, left);
    assert.ok(!('heldBy' in (await takeProcessLock(path))), left);
    assert.match(await readFile(path, 'utf8'), new RegExp(`^${process.pid} \\d+$`));
  }
});
