import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { startChild } from '../../../src/platform/process/child.ts';
import { run } from '../../../src/platform/process/command.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';

const MINUTES = { timeoutMs: 600_000 };
const shell = (script: string) => ['sh', '-c', script] as const;

describe('a grandchild that holds the output open', { timeout: 120_000, concurrency: true }, () => {
  it('does not keep a command that has ended', async () => {
    const result = await run(shell('sleep 1000 & echo $!'), MINUTES);
    assert.deepEqual([result.status, result.exitCode], ['ok', 0]);
    process.kill(Number(String(result.stdout)), 'SIGKILL');
  });

  it('does not keep a command that has ended when it goes on talking', async () => {
    const result = await run(shell('(while :; do echo more; sleep 0.01; done) & echo $!'), MINUTES);
    assert.equal(result.status, 'ok');
    process.kill(
      Number(
        String(result.stdout)
          .split('\n')
          .find((line) => /^\d+$/.test(line)),
      ),
      'SIGKILL',
    );
  });

  it('loses nothing that a command said, also when we were busy for longer than a grandchild is waited for', async () => {
    const running = run(shell('head -c 60000 /dev/zero; sleep 1000 & echo $! >&2'), MINUTES);
    await waitFor(() => undefined, { timeoutMs: 100, pauseMs: 20 });
    const untilMs = performance.now() + 1500;
    while (performance.now() < untilMs);
    const result = await running;
    assert.equal(result.stdout.length, 60_000);
    process.kill(Number(String(result.stderr)), 'SIGKILL');
  });

  it('does not stretch a time limit, and ends with the command, whoever its parent is by then', async () => {
    const result = await run(shell('trap "" TERM; (sleep 1000 & echo $!); sleep 1000'), { timeoutMs: 300 });
    assert.equal(result.status, 'timeout');
    const grandchild = Number(String(result.stdout));
    assert.ok(grandchild > 1);
    assert.ok(await waitFor(() => hasEnded(grandchild), { timeoutMs: 60_000, pauseMs: 20 }));
  });

  it('ends with a command that says more than we can hold', async () => {
    const result = await run(shell('sleep 1000 > /dev/null & echo $! >&2; exec cat /dev/zero'), MINUTES);
    assert.equal(result.isTooMuch, true);
    const grandchild = Number(String(result.stderr));
    assert.ok(grandchild > 1);
    assert.ok(await waitFor(() => hasEnded(grandchild), { timeoutMs: 60_000, pauseMs: 20 }));
  });

  it('is left alone when the command ends by itself, also when it fails', async () => {
    const result = await run(shell('sleep 1000 & echo $!; exit 3'), MINUTES);
    assert.deepEqual([result.status, result.exitCode], ['failed', 3]);
    const grandchild = Number(String(result.stdout));
    assert.equal(await hasEnded(grandchild), undefined);
    process.kill(grandchild, 'SIGKILL');
  });

  it('does not keep a child that was stopped', async () => {
    const lines: string[] = [];
    const child = startChild(shell('sleep 1000 & echo $!; exit 3'), { onLine: (line) => lines.push(line) });
    assert.equal((await child.exited).exitCode, 3);
    process.kill(Number(lines[0]), 'SIGKILL');
  });
});

/** A process that nobody has waited for yet is a zombie: it runs no more. */
async function hasEnded(pid: number): Promise<true | undefined> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return / Z|\) X/.test(state.slice(state.lastIndexOf(')'))) ? true : undefined;
}
