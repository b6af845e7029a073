import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type Child, startChild } from '../../../src/platform/process/child.ts';
import { endLeftover } from '../../../src/platform/process/leftover-process.ts';
import { ownTime } from '../../own-time.ts';

/** A process with this word in its command line, once it runs. */
async function started(t: TestContext, word: string, script = 'echo ready; exec sleep 1000'): Promise<Child> {
  const ready = Promise.withResolvers<void>();
  const child = startChild(['sh', '-c', script, word], { onLine: () => ready.resolve() });
  t.after(() => child.kill('SIGKILL'));
  await ready.promise;
  return child;
}

it('ends the process of the pid file', async (t) => {
  await using directory = await temporaryDirectory('recon-leftover-');
  const child = await started(t, '--ours', 'echo ready; while :; do sleep 0.01; done');
  const pidFile = join(directory.path, 'pid');
  await writeFile(pidFile, `${child.pid}\n`);
  await endLeftover(pidFile, '--ours');
  assert.equal((await child.exited).signal, 'SIGTERM');
});

it('makes one end that does not want to', async (t) => {
  await using directory = await temporaryDirectory('recon-leftover-');
  const child = await started(t, '--ours', 'trap "" TERM; echo ready; while :; do sleep 0.01; done');
  const pidFile = join(directory.path, 'pid');
  await writeFile(pidFile, `${child.pid}\n`);
  await endLeftover(pidFile, '--ours');
  assert.equal((await child.exited).signal, 'SIGKILL');
});

it('asks twice before it kills, and gives time each time', async (t) => {
  await using directory = await temporaryDirectory('recon-leftover-');
  const child = await started(t, '--ours', 'echo ready; while :; do sleep 1; done');
  const pidFile = join(directory.path, 'pid');
  await writeFile(pidFile, String(child.pid));
  const time = ownTime(t);
  const signals: [number, unknown][] = [];
  const kill = t.mock.method(process, 'kill', (pid: number, signal: unknown) => {
    assert.equal(pid, child.pid);
    signals.push([time.nowMs, signal]);
    return true;
  });
  let isOver = false;
  void endLeftover(pidFile, '--ours').then(() => {
    isOver = true;
  });
  while (!isOver) await time.advance(1);
  kill.mock.restore();
  assert.deepEqual(
    signals.map(([, signal]) => signal),
    ['SIGTERM', 'SIGTERM', 'SIGKILL', 'SIGKILL'],
  );
  const pauses = signals.slice(1).map(([atMs], at) => atMs - (signals[at]?.[0] ?? 0));
  assert.ok(
    pauses.every((pauseMs) => pauseMs >= 100),
    pauses.join(),
  );
});

it('leaves alone whoever has the number by now', async (t) => {
  await using directory = await temporaryDirectory('recon-leftover-');
  const child = await started(t, '--ours-and-more');
  const pidFile = join(directory.path, 'pid');
  const kill = t.mock.method(process, 'kill', () => true);
  await writeFile(pidFile, `${child.pid}\n`);
  await endLeftover(pidFile, '--ours');
  const [init = ''] = (await readFile('/proc/1/cmdline', 'utf8')).split('\0');
  for (const text of ['1', '0', '-1', 'none', '', `${child.pid}.5`, '999999999']) {
    await writeFile(pidFile, text);
    await endLeftover(pidFile, init);
  }
  await endLeftover(join(directory.path, 'no such file'), '--ours');
  assert.equal(kill.mock.callCount(), 0);
});
