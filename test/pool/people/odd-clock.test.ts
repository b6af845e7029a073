import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { auditLog } from '../../../src/pool/audit/audit-log.ts';
import { openPeople } from '../../../src/pool/people/people.ts';
import { sinceMoment } from '../../../src/pool/remote/since.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PASSWORD = 'correct horse battery';

async function rig(first: string) {
  const directory = await temporaryDirectory('recon-clock-');
  const clock = { at: new Date(first), steadyMs: 0 };
  const people = openPeople({ file: join(directory.path, 'users.yaml'), now: () => clock.at, nowMs: () => clock.steadyMs });
  const audit = auditLog(join(directory.path, 'audit.jsonl'), { now: () => clock.at });
  return {
    ...{ people, audit, clock },
    pass: (ms: number) => {
      clock.at = new Date(clock.at.getTime() + ms);
      clock.steadyMs += ms;
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

// before the first second of all, over it, over the end of 31 and of 32 bits, and where dates begin with another figure
for (const first of [
  '1969-12-30T12:00:00Z',
  '1969-12-31T23:59:00Z',
  '2038-01-19T03:14:00Z',
  '2106-02-07T06:28:00Z',
  '2399-12-31T23:59:00Z',
])
  test(`links, sessions, tokens and their ends, and the audit, when the clock says ${first}`, async () => {
    await using head = await rig(first);
    const { people, audit, pass } = head;
    const link = await people.newUser('anna', { role: 'admin' });
    pass(29 * 60_000);
    assert.equal((await people.setUp(link.secret, PASSWORD, '10.0.0.1')).name, 'anna');
    const late = await people.newUser('otto', { role: 'viewer' });
    pass(31 * 60_000);
    await assert.rejects(people.setUp(late.secret, PASSWORD, '10.0.0.1'), { code: 'login-wrong' });
    const { secret } = await people.logIn('anna', PASSWORD, '10.0.0.1');
    const { secret: token } = await people.createToken({ name: 'ci', role: 'viewer', days: 1 }, 'anna');
    await audit.note({ who: 'anna', from: '10.0.0.1', what: 'first' });
    pass(7 * HOUR_MS);
    assert.equal((await people.bySession(secret))?.name, 'anna');
    pass(9 * HOUR_MS);
    assert.equal(await people.bySession(secret), undefined);
    assert.equal((await people.byToken(token, '10.0.0.1')).role, 'viewer');
    pass(9 * HOUR_MS);
    await assert.rejects(people.byToken(token, '10.0.0.1'), { code: 'login-wrong' });
    await audit.note({ who: 'anna', from: '10.0.0.1', what: 'second' });
    assert.deepEqual(await audit.verify(), { lines: 2, torn: [] });
    const read = await audit.read({ since: new Date(sinceMoment('20h', head.clock.at)) });
    assert.deepEqual(
      read.map(({ what }) => what),
      ['second'],
    );
  });

for (const [before, after] of [
  ['2038-02-01T00:00:00Z', '2026-11-29T06:00:00Z'],
  ['1970-01-01T00:01:00Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T06:00:00Z', '1969-12-31T23:00:00Z'],
] as const)
  test(`who is signed in stays so, and the audit is whole, when the clock is set from ${before} to ${after}`, async () => {
    await using head = await rig(before);
    const { people, audit, clock, pass } = head;
    const link = await people.newUser('anna', { role: 'admin' });
    await people.setUp(link.secret, PASSWORD, '10.0.0.1');
    const { secret } = await people.logIn('anna', PASSWORD, '10.0.0.1');
    const { secret: token } = await people.createToken({ name: 'ci', role: 'viewer' }, 'anna');
    await audit.note({ who: 'anna', from: '10.0.0.1', what: 'first' });
    clock.at = new Date(after);
    assert.equal((await people.bySession(secret))?.name, 'anna');
    assert.equal((await people.byToken(token, '10.0.0.1')).role, 'viewer');
    await audit.note({ who: 'anna', from: '10.0.0.1', what: 'second' });
    assert.deepEqual(await audit.verify(), { lines: 2, torn: [] });
    assert.deepEqual(
      (await audit.read()).map(({ what }) => what),
      ['first', 'second'],
    );
    // ten wrong ones, and half a minute: no clock that somebody sets makes it longer or shorter
    for (let tries = 0; tries < 10; tries += 1) await assert.rejects(people.logIn('anna', 'wrong', '10.0.0.2'), { code: 'login-wrong' });
    await assert.rejects(people.logIn('anna', PASSWORD, '10.0.0.2'), { code: 'login-locked' });
    clock.at = new Date(clock.at.getTime() + 30 * DAY_MS);
    await assert.rejects(people.logIn('anna', PASSWORD, '10.0.0.2'), { code: 'login-locked' });
    pass(31_000);
    assert.equal((await people.logIn('anna', PASSWORD, '10.0.0.2')).person.name, 'anna');
  });
