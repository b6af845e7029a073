import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, refusalIn } from '../../src/peer/http-answer.ts';

test('an answer without an end is given up as soon as it is longer than any of our master', async () => {
  let [given, isCancelled] = [0, false];
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      given += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  const answer = await ask(async () => new Response(endless), { method: 'GET', url: 'http://bang/', timeoutMs: 60_000 });
  assert.deepEqual(answer, { kind: 'none', why: 'its answer is longer than 262144 bytes' });
  assert.ok(given < 1_000_000 && isCancelled, `${given} bytes`);
});

test('as many bytes as are wanted are taken', async () => {
  const answer = await ask(async () => new Response('12345'), { method: 'GET', url: 'http://bang/', timeoutMs: 60_000, mostBytes: 5 });
  assert.equal(answer.kind === 'answer' && answer.body.toString(), '12345');
});

test('the reason of a master that talks and talks fits on a screen', () => {
  const { message, hint } = refusalIn(Buffer.from(JSON.stringify({ code: 'busy', message: 'm'.repeat(9000), hint: 'h'.repeat(9000) })));
  assert.deepEqual([message?.length, hint?.length], [500, 500]);
});
