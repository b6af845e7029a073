import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { askPerson } from '../../src/platform/question.ts';

test('nobody is asked where nobody sits', { timeout: 30_000 }, async (t) => {
  sit(t, false);
  assert.equal(await askPerson('which?'), undefined);
});

test('who sits there is asked, and no more is read than the answer', { timeout: 30_000 }, async (t) => {
  sit(t, true);
  t.mock.method(process.stderr, 'write', () => true);
  const answer = askPerson('which? ');
  process.stdin.emit('data', Buffer.from('eno1\n'));
  assert.equal(await answer, 'eno1');
  assert.equal(process.stdin.isPaused(), true);
});

/** Whether a person sits at the keyboard of this test. */
function sit(t: TestContext, isThere: boolean): void {
  const before = process.stdin.isTTY;
  process.stdin.isTTY = isThere;
  t.after(() => {
    process.stdin.isTTY = before;
  });
}
