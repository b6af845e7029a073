import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesTogether } from '../../../src/service/warden/run-warden.ts';

test('lines of one look are one message, in their order, and before what is said after them', async () => {
  const messages: string[][] = [];
  const tell = linesTogether((lines) => messages.push(lines));
  for (const line of ['one', 'two', 'three']) tell(line);
  await Promise.resolve().then(() => messages.push(['ended']));
  tell('four');
  await Promise.resolve();
  assert.deepEqual(messages, [['one', 'two', 'three'], ['ended'], ['four']]);
});
