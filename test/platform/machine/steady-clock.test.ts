import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { monotonicMs, steadyClock } from '../../../src/platform/machine/steady-clock.ts';

test('counts from the first reading, whatever is done to the clock of the machine, also over a restart of the service', async () => {
  await using directory = await temporaryDirectory('recon-clock-');
  const stateFile = join(directory.path, 'clock');
  let [wallMs, nowMs] = [Date.UTC(2026, 10, 20, 12), 5000];
  const open = () => steadyClock({ stateFile, wallMs: () => wallMs, nowMs: () => nowMs });
  const first = await open();
  assert.equal(first().toISOString(), '2026-11-20T12:00:00.000Z');
  wallMs = 0;
  nowMs += 60_000;
  assert.equal(first().toISOString(), '2026-11-20T12:01:00.000Z');
  const second = await open();
  assert.equal(second().toISOString(), '2026-11-20T12:01:00.000Z');
});

test('the monotonic clock does not begin with the process', () => {
  assert.ok(monotonicMs() > performance.now());
});

test('the monotonic clock counts milliseconds of the kernel', () => {
  const kernelMs = (): number => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1_000_000;
  };
  const [before, now, after] = [kernelMs(), monotonicMs(), kernelMs()];
  // it is cut to microseconds
  assert.ok(before - 0.001 <= now && now <= after, `${before}, ${now}, ${after}`);
});
