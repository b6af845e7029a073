import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptSettings } from '../../src/service/accept-settings.ts';
import { type ConsoleCommands, runConsoleCommand } from '../../src/service/console-commands.ts';

const MISTAKES = ['recon.yaml line 3: mode: no such mode'];

function setting(mistakes: readonly string[]) {
  const said: string[] = [];
  const stop = new AbortController();
  const commands: ConsoleCommands = {
    done: async () => {},
    seal: async () => {},
    lean: async () => {},
    off: async () => {},
    take: async () => [],
    write: async () => [],
    look: () => [],
    usual: undefined,
  };
  const accepted = acceptSettings({ mistakes, commands, say: (...lines) => said.push(...lines), signal: stop.signal });
  return { said, stop, commands, accepted };
}

test('settings without a mistake are taken, and nothing is said', async () => {
  const { accepted, said } = setting([]);
  assert.equal(await accepted, true);
  assert.deepEqual(said, []);
});

test('a mistake is said, and nothing goes on until a person types the word', async () => {
  const { accepted, said, commands } = setting(MISTAKES);
  let isOver = false;
  void accepted.then(() => {
    isOver = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isOver, false);
  assert.ok(said.includes(MISTAKES[0] ?? '-'));
  await runConsoleCommand('usual', commands);
  assert.equal(await accepted, true);
  assert.equal(commands.usual, undefined, 'the word does nothing any more');
});

test('a machine that goes down meanwhile was not told to go on', async () => {
  const { accepted, stop } = setting(MISTAKES);
  stop.abort();
  assert.equal(await accepted, false);
});
