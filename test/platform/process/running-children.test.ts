import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { it } from 'node:test';
import { endRunningChildren, noteRunningChild } from '../../../src/platform/process/running-children.ts';

it('asks all that run to end, and forgets who has ended', async () => {
  assert.equal(endRunningChildren(), 0);
  const children = [spawn('sleep', ['1000']), spawn('sleep', ['1000'])];
  for (const child of children) noteRunningChild(child);
  const ends = Promise.all(children.map((child) => once(child, 'exit')));
  assert.equal(endRunningChildren(), 2);
  assert.deepEqual(await ends, [
    [null, 'SIGTERM'],
    [null, 'SIGTERM'],
  ]);
  assert.equal(endRunningChildren(), 0);
});

it('does not wait for what could not be started', async () => {
  const child = spawn('/nowhere/program');
  noteRunningChild(child);
  assert.equal(endRunningChildren(), 0);
  await once(child, 'error');
});
