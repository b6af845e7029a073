import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aborted } from '../../../src/domain/values/aborted.ts';
import { onContinue } from '../../../src/platform/process/on-continue.ts';

test('SIGCONT asks to hurry, and ends nobody', async () => {
  const asked = onContinue();
  assert.equal(asked.aborted, false);
  process.kill(process.pid, 'SIGCONT');
  await aborted(asked);
  process.kill(process.pid, 'SIGCONT');
});
