import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { type ChildExit, startChild } from '../../../src/platform/process/child.ts';

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

it('only tells who took the signal, and ends nothing', async () => {
  const { exitCode, lines } = await interrupted('takes', 'SIGTERM');
  assert.deepEqual([exitCode, lines], [0, ['waits', 'told', 'cleaned up after ok, by SIGTERM']]);
});
