import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { queuedMs } from './queued.ts';

it('tells two processes that share a processor how long each stood in line', async () => {
  const started = performance.now();
  const spinning = [spin(), spin()];
  try {
    await delay(1000);
    const inLineMs = spinning.reduce((sum, { pid }) => sum + queuedMs(pid), 0);
    const elapsedMs = performance.now() - started;
    // half of the time each; the start is not counted, and a busy machine adds to it
    assert.ok(inLineMs > 0.5 * elapsedMs && inLineMs <= 2 * elapsedMs, `${inLineMs} of ${elapsedMs} ms`);
  } finally {
    for (const child of spinning) child.kill('SIGKILL');
  }
});

it('says nothing of a process that is gone', () => {
  assert.equal(queuedMs(undefined), 0);
});

/** On the first of the processors that this process may use. */
function spin(): ChildProcess {
  const [, processor = ''] = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return spawn('taskset', ['--cpu-list', processor, process.execPath, '--eval', 'for (;;);'], { stdio: 'ignore' });
}
