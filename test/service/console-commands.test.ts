import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ConsoleCommands, runConsoleCommand } from '../../src/service/console-commands.ts';

function words(waits: boolean) {
  const done: string[] = [];
  const note = (word: string) => async (): Promise<void> => void done.push(word);
  const commands: ConsoleCommands = {
    done: note('done'),
    seal: note('seal'),
    lean: note('lean'),
    off: note('off'),
    take: async () => ['a stick', 'type write'],
    write: async () => ['written'],
    look: () => (waits ? ['eno1', 'eno2'] : []),
    usual: waits ? () => void done.push('usual') : undefined,
  };
  return { commands, done };
}

test('each word does what the screen says', async () => {
  const { commands, done } = words(true);
  for (const line of ['done', 'SEAL', 'lean', 'off', 'usual']) await runConsoleCommand(line, commands);
  assert.deepEqual(done, ['done', 'seal', 'lean', 'off', 'usual']);
});

test('look says at which networks, or that none is silent', async () => {
  assert.equal(await runConsoleCommand('Look', words(true).commands), 'looking again at eno1, eno2 ...');
  assert.match((await runConsoleCommand('look', words(false).commands)) ?? '', /no network is silent/);
});

test('take shows, write writes, and each tells it in lines', async () => {
  assert.equal(await runConsoleCommand('take', words(false).commands), 'a stick\ntype write');
  assert.equal(await runConsoleCommand('WRITE', words(false).commands), 'written');
});

test('nothing that waits needs no word, and is told so', async () => {
  const { commands, done } = words(false);
  assert.match((await runConsoleCommand('usual', commands)) ?? '', /in use already/);
  assert.deepEqual(done, []);
});

test('noise of a serial line does nothing and says nothing; a mistyped word gets the list', async () => {
  const { commands, done } = words(true);
  for (const line of ['', '\u00ff\u00ff', 'done;off', 'poweroff now', '[   12.3] usb 1-1: new device']) {
    assert.equal(await runConsoleCommand(line, commands), undefined, JSON.stringify(line));
  }
  assert.match((await runConsoleCommand('dnoe', commands)) ?? '', /"dnoe" is not known here; words: done/);
  assert.match((await runConsoleCommand('help', commands)) ?? '', /off \(make the tarball/);
  assert.deepEqual(done, []);
});
