import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSessions } from '../../../src/pool/people/sessions.ts';

const HOUR = 3_600_000;

function rig() {
  const clock = { ms: 0 };
  return { clock, sessions: newSessions(() => clock.ms) };
}
const same = (): string => 'entry';

test('a session lasts while it is used within eight hours, and a week at most', () => {
  const { clock, sessions } = rig();
  const secret = sessions.begin('ada', 'entry');
  assert.equal(sessions.userOf(secret, same), 'ada');
  clock.ms = 8 * HOUR;
  assert.equal(sessions.userOf(secret, same), 'ada');
  clock.ms = 16 * HOUR + 1;
  assert.equal(sessions.userOf(secret, same), undefined);
  const busy = sessions.begin('ada', 'entry');
  const began = clock.ms;
  for (; clock.ms <= began + 7 * 24 * HOUR; clock.ms += 7 * HOUR) assert.equal(sessions.userOf(busy, same), 'ada');
  assert.equal(sessions.userOf(busy, same), undefined);
});

test('another role, group or password of the user ends it for good; so does signing out', () => {
  const { sessions } = rig();
  const [changed, left] = [sessions.begin('ada', 'entry'), sessions.begin('ada', 'entry')];
  assert.equal(
    sessions.userOf(changed, () => 'another'),
    undefined,
  );
  assert.equal(sessions.userOf(changed, same), undefined);
  sessions.end(left);
  assert.equal(sessions.userOf(left, same), undefined);
  assert.equal(sessions.userOf('made up', same), undefined);
});

test('each is another, and of more than a thousand the oldest goes', () => {
  const { sessions } = rig();
  const secrets = Array.from({ length: 1001 }, () => sessions.begin('ada', 'entry'));
  assert.equal(new Set(secrets).size, 1001);
  assert.deepEqual(
    secrets.filter((secret) => sessions.userOf(secret, same) === undefined),
    secrets.slice(0, 1),
  );
});
