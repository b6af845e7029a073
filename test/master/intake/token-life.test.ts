import assert from 'node:assert/strict';
import promises, { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openTokens, type Tokens } from '../../../src/master/intake/tokens.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { replaceBuiltin } from '../../platform/files/replace-builtin.ts';

const [A, B, C] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b', '52:54:00:00:00:0c'] as const;
const ADDRESS = '10.77.1.1';
const MINUTE_MS = 60_000;

/** Tokens over a file of their own, with a clock that stands still. */
async function tokensAt(machines = 100) {
  const directory = await temporaryDirectory('recon-tokens-');
  const stateFile = join(directory.path, 'tokens');
  const clock = { minutes: 0 };
  const open = (): Promise<Tokens> => openTokens({ stateFile, nowMs: () => clock.minutes * MINUTE_MS, machines });
  const lines = async (): Promise<number> => (await readFile(stateFile, 'utf8')).split('\n').length - 1;
  return { stateFile, clock, open, lines, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it('prolongs a life at its first use, and then in steps of more than ten minutes', async () => {
  await using state = await tokensAt();
  const tokens = await state.open();
  const token = await tokens.mint(A, ADDRESS);
  const useAt = async (minutes: number): Promise<number> => {
    state.clock.minutes = minutes;
    assert.ok(tokens.find(A, token), `not found after ${minutes} minutes`);
    // writes come in turn: behind this one there is none left
    await tokens.mint(B, ADDRESS);
    return state.lines();
  };
  const first = await useAt(5);
  assert.equal(await useAt(15), first + 1, 'ten minutes are no news');
  assert.equal(await useAt(15.001), first + 3);
  state.clock.minutes = 15.001 + 120;
  assert.equal(tokens.find(A, token), undefined, 'two hours after its last step');
});

it('ends after a day, however it is used', async () => {
  await using state = await tokensAt();
  const tokens = await state.open();
  const token = await tokens.mint(A, ADDRESS);
  for (const hour of [1, 2.9, 4.8, 6.7, 8.6, 10.5, 12.4, 14.3, 16.2, 18.1, 19.9, 21.7, 23.6]) {
    state.clock.minutes = hour * 60;
    assert.ok(tokens.find(A, token), `not found after ${hour} hours`);
  }
  state.clock.minutes = 24 * 60;
  assert.equal(tokens.find(A, token), undefined);
  await tokens.mint(A, ADDRESS);
});

it('forgets the machine that was quiet for longest, and none that may still be booting', async () => {
  await using state = await tokensAt(2);
  state.clock.minutes = 100;
  const tokens = await state.open();
  await tokens.mint(A, ADDRESS);
  await tokens.mint(B, ADDRESS);
  await tokens.mint(A, ADDRESS);
  state.clock.minutes = 129.999;
  await assert.rejects(tokens.mint(C, ADDRESS), { code: 'busy' });
  state.clock.minutes = 130;
  await tokens.mint(C, ADDRESS);
  assert.equal(tokens.newest(B), undefined, 'B asked last before the others');
  assert.ok(tokens.newest(A));
});

it('does not forget a machine that used one of its two tokens', async () => {
  await using state = await tokensAt(1);
  const tokens = await state.open();
  const used = await tokens.mint(A, ADDRESS);
  await tokens.mint(A, ADDRESS);
  assert.ok(tokens.find(A, used));
  state.clock.minutes = 60;
  await assert.rejects(tokens.mint(B, ADDRESS), { code: 'busy' });
  state.clock.minutes = 121;
  await tokens.mint(B, ADDRESS);
});

it('writes its file anew when a thousand lines are history, with the valid tokens only', async () => {
  await using state = await tokensAt();
  const tokens = await state.open();
  await tokens.mint(B, ADDRESS);
  state.clock.minutes = 121;
  const mint = async (count: number, of = tokens): Promise<string[]> => {
    const minted: string[] = [];
    for (let number = 0; number < count; number += 1) minted.push(await of.mint(A, ADDRESS));
    return minted;
  };
  await mint(999);
  assert.equal(await state.lines(), 1000);
  const [last = ''] = await mint(1);
  assert.equal(await state.lines(), 2, 'the two tokens of A; that of B has ended');
  assert.equal((await state.open()).newest(A)?.token, last, 'they are whole');
  await mint(1002);
  assert.equal(await state.lines(), 1004);
  await mint(1);
  assert.equal(await state.lines(), 2);
  const again = await state.open();
  await mint(1002, again);
  assert.equal(await state.lines(), 1004, 'a restart counts what it finds');
  await mint(1, again);
  assert.equal(await state.lines(), 2);
});

it('writes one change after the other', async (t) => {
  await using state = await tokensAt();
  const { appendFile } = promises;
  let delays = 20;
  replaceBuiltin(t, 'appendFile', async (path: string, text: string, options: object) => {
    const mine = delays;
    delays = 0;
    for (let turn = 0; turn < mine; turn += 1) await nextTurn();
    return appendFile(path, text, options);
  });
  const tokens = await state.open();
  const minted = await Promise.all([tokens.mint(A, ADDRESS), tokens.mint(A, ADDRESS)]);
  const written = (await readFile(state.stateFile, 'utf8')).trim().split('\n');
  assert.deepEqual(
    written.map((line) => JSON.parse(line).token),
    minted,
  );
});

it('goes on when its file could not be written, with a token in use too', async () => {
  await using state = await tokensAt();
  const tokens = await state.open();
  const token = await tokens.mint(A, ADDRESS);
  await rm(state.stateFile);
  await mkdir(state.stateFile);
  assert.ok(tokens.find(A, token));
  await assert.rejects(tokens.mint(A, ADDRESS), { code: 'EISDIR' });
  await rm(state.stateFile, { recursive: true });
  await tokens.mint(A, ADDRESS);
  assert.equal(await state.lines(), 1);
});
