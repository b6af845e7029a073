import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sendingTurns } from '../../../../src/master/http/transfer/turns.ts';

test('who waits for longest goes first, and only so much in one turn of the loop', async () => {
  const turns = sendingTurns(100);
  const gone: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) void turns.next(60).then(() => gone.push(name));
  assert.deepEqual(gone, []);
  const seen: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await nextTurn();
    seen.push(gone.join(''));
  }
  assert.deepEqual(seen, ['ab', 'abcd', 'abcde', 'abcde']);
});

test('one who always has more to send lets the others go in between', async () => {
  const turns = sendingTurns(100);
  const gone: string[] = [];
  const many = async (name: string): Promise<void> => {
    for (let piece = 0; piece < 3; piece += 1) {
      await turns.next(100);
      gone.push(name);
    }
  };
  await Promise.all(['a', 'b'].map(many));
  assert.equal(gone.join(''), 'ababab');
});
