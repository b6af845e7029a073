import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { type ChildExit, startChild } from '../../../src/platform/process/child.ts';
import { type Interruption, onInterruption } from '../../../src/platform/process/interruption.ts';

const PROGRAM = join(import.meta.dirname, 'interruption-program.ts');

/** Starts the program, and sends the signal as soon as it waits. */
async function interrupted(word: string, signal: NodeJS.Signals): Promise<ChildExit & { lines: string[] }> {
  const lines: string[] = [];
  const child = startChild([process.execPath, PROGRAM, word], {
    onLine: (line) => {
      lines.push(line);
      if (line === 'waits') child.kill(signal);
    },
  });
  return { ...(await child.exited), lines };
}

it('ends what a command waits for, so that it fails and cleans up', async () => {
  const { exitCode, lines } = await interrupted('waits', 'SIGTERM');
  assert.deepEqual([exitCode, lines], [143, ['waits', 'cleaned up after failed, by SIGTERM']]);
});

it('ends a program that is kept running, so that who keeps it cleans up', async () => {
  const { exitCode, lines } = await interrupted('keeps', 'SIGINT');
  assert.deepEqual([exitCode, lines], [130, ['waits', 'cleaned up after SIGTERM, by SIGINT']]);
});

it('ends a command at once that waits for no program', async () => {
  const { exitCode, lines } = await interrupted('alone', 'SIGINT');
  assert.deepEqual([exitCode, lines], [130, ['waits']]);
});

it('ends a command at once that works without a pause, when it has said so', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { exitCode, signal: by, lines } = await interrupted('works', signal);
    assert.deepEqual([exitCode, by, lines], [undefined, signal, ['waits']]);
  }
});

it('takes signals again when the work is over', async () => {
  const { exitCode, signal } = await interrupted('holds', 'SIGINT');
  assert.deepEqual([exitCode, signal], [130, undefined]);
});

it('only tells who took the signal, and ends nothing', async () => {
  const { exitCode, lines } = await interrupted('takes', 'SIGTERM');
  assert.deepEqual([exitCode, lines], [0, ['waits', 'told', 'cleaned up after ok, by SIGTERM']]);
});

/** An interruption in this process, with signals that nobody else hears and exits that do not end us. */
function interruptible(t: TestContext): { interruption: Interruption; send: (signal: NodeJS.Signals) => void; exits: unknown[] } {
  const exits: unknown[] = [];
  const ended = new Error('the process has ended');
  const listeners = new Map<string | symbol, (signal: NodeJS.Signals) => void>();
  t.mock.timers.enable({ apis: ['setTimeout'] });
  t.mock.method(process, 'exit', (code: unknown) => {
    exits.push(code);
    throw ended;
  });
  const on = t.mock.method(process, 'on', (name: string | symbol, listener: () => void) => {
    listeners.set(name, listener);
    return process;
  });
  const interruption = onInterruption();
  on.mock.restore();
  const send = (signal: NodeJS.Signals): void => {
    try {
      listeners.get(signal)?.(signal);
    } catch (error) {
      assert.equal(error, ended);
    }
  };
  return { interruption, send, exits };
}

it('ends at once where nothing runs, with the code of either signal', (t) => {
  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    const { interruption, send, exits } = interruptible(t);
    assert.deepEqual([interruption.by, interruption.exitCode], [undefined, undefined]);
    send(signal);
    assert.deepEqual([exits, interruption.by, interruption.exitCode], [[code], signal, code]);
    t.mock.restoreAll();
    t.mock.timers.reset();
  }
});

it('gives who lost a program 20 s to clean up', async (t) => {
  const { send, exits } = interruptible(t);
  const child = startChild(['sleep', '1000']);
  send('SIGTERM');
  assert.deepEqual(exits, []);
  t.mock.timers.tick(19_999);
  assert.deepEqual(exits, []);
  assert.throws(() => t.mock.timers.tick(1));
  assert.deepEqual(exits, [143]);
  t.mock.timers.reset();
  assert.equal((await child.exited).signal, 'SIGTERM');
});

it('ends who is asked a second time, cleaned up or not', async (t) => {
  const { send, exits } = interruptible(t);
  const ready = Promise.withResolvers<void>();
  const child = startChild(['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'], { onLine: () => ready.resolve() });
  await ready.promise;
  send('SIGTERM');
  assert.deepEqual(exits, []);
  send('SIGINT');
  assert.deepEqual(exits, [130]);
  t.mock.timers.reset();
  child.kill('SIGKILL');
  await child.exited;
});

it('tells who took it of the first signal, and leaves what runs alone at any', async (t) => {
  const { interruption, send, exits } = interruptible(t);
  const child = startChild(['sleep', '1000']);
  const taken = interruption.take();
  assert.equal(taken.aborted, false);
  send('SIGINT');
  assert.deepEqual([taken.aborted, taken.reason], [true, 'SIGINT']);
  send('SIGTERM');
  t.mock.timers.tick(60_000);
  assert.deepEqual([exits, interruption.by], [[], 'SIGTERM']);
  t.mock.timers.reset();
  child.kill('SIGKILL');
  assert.equal((await child.exited).signal, 'SIGKILL');
});
