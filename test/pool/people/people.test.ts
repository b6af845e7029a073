import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openPeople } from '../../../src/pool/people/people.ts';

const MINUTE = 60_000;
const PASSWORD = 'four words in a row';

async function rig(t: TestContext) {
  const directory = await temporaryDirectory('recon-people-');
  t.after(() => directory[Symbol.asyncDispose]());
  const file = join(directory.path, 'users.yaml');
  const clock = { ms: Date.parse('2026-11-29T06:00:00Z') };
  const people = openPeople({ file, now: () => new Date(clock.ms), nowMs: () => clock.ms });
  return { file, clock, people, text: () => readFile(file, 'utf8') };
}

test('a link sets the password once, within 30 minutes; then the user signs in', async (t) => {
  const { file, clock, people, text } = await rig(t);
  const late = await people.addUser('ada', { role: 'admin' });
  clock.ms += 30 * MINUTE;
  await assert.rejects(people.setUp(late, PASSWORD, 'x'), { code: 'login-wrong' });
  const link = await people.addUser('ada', { role: 'admin' });
  assert.ok(!(await text()).includes(link), 'the file does not hold the link');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(await people.setUp(link, PASSWORD, 'x'), { name: 'ada', role: 'admin' });
  await assert.rejects(people.setUp(link, PASSWORD, 'x'), { code: 'login-wrong' });
  const { person, secret } = await people.logIn('ada', PASSWORD, 'x');
  assert.deepEqual(
    [person, await people.bySession(secret)],
    [
      { name: 'ada', role: 'admin' },
      { name: 'ada', role: 'admin' },
    ],
  );
  people.logOut(secret);
  assert.equal(await people.bySession(secret), undefined);
});

test('another role ends what is signed in; the old password stays until a new link is used', async (t) => {
  const { people } = await rig(t);
  await people.setUp(await people.addUser('ada', { role: 'admin' }), PASSWORD, 'x');
  const { secret } = await people.logIn('ada', PASSWORD, 'x');
  await people.addUser('ada', { role: 'viewer', groups: ['rack1'] });
  assert.equal(await people.bySession(secret), undefined);
  assert.deepEqual((await people.logIn('ada', PASSWORD, 'x')).person, { name: 'ada', role: 'viewer', groups: ['rack1'] });
  await people.removeUser('ada');
  await assert.rejects(people.logIn('ada', PASSWORD, 'x'), { code: 'login-wrong' });
  await assert.rejects(people.removeUser('ada'), { code: 'not-found' });
});

test('who guesses waits, by the address; the right password does not help before the time is over', async (t) => {
  const { clock, people } = await rig(t);
  await people.setUp(await people.addUser('ada', { role: 'admin' }), PASSWORD, 'x');
  for (let time = 0; time < 10; time += 1) await assert.rejects(people.logIn('ada', 'wrong-wrong', 'y'), { code: 'login-wrong' });
  await assert.rejects(people.logIn('ada', PASSWORD, 'y'), { code: 'login-locked' });
  assert.equal((await people.logIn('ada', PASSWORD, 'z')).person.name, 'ada', 'others are not locked out by it');
  clock.ms += 30_000;
  assert.equal((await people.logIn('ada', PASSWORD, 'y')).person.name, 'ada');
});

test('a token is given once, kept as its sum, and over after its days or when it is revoked', async (t) => {
  const { clock, people, text } = await rig(t);
  const { token, secret } = await people.createToken({ name: 'ci', role: 'operator', groups: ['rack1'], days: 2 }, 'ada');
  assert.ok(!(await text()).includes(secret) && !JSON.stringify(await people.tokens()).includes('sha256'));
  assert.deepEqual(await people.byToken(secret, 'x'), { name: 'token ci', role: 'operator', groups: ['rack1'] });
  await assert.rejects(people.byToken(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`, 'x'), { code: 'login-wrong' });
  clock.ms += 2 * 24 * 60 * MINUTE;
  await assert.rejects(people.byToken(secret, 'x'), { code: 'login-wrong' });
  const other = await people.createToken({ name: 'ci', role: 'viewer' }, 'ada');
  await people.revokeToken(other.token.id);
  await assert.rejects(people.byToken(other.secret, 'x'), { code: 'login-wrong' });
  await assert.rejects(people.revokeToken(other.token.id), { code: 'not-found' });
  assert.deepEqual(
    (await people.tokens()).map(({ id }) => id),
    [token.id],
  );
});

test('a right token is taken while others guess from its address', async (t) => {
  const { people } = await rig(t);
  const { secret } = await people.createToken({ name: 'ci', role: 'viewer' }, 'ada');
  for (let time = 0; time < 10; time += 1) await assert.rejects(people.byToken('recon_guess', 'x'), { code: 'login-wrong' });
  await assert.rejects(people.byToken('recon_guess', 'x'), { code: 'login-locked' });
  assert.equal((await people.byToken(secret, 'x')).name, 'token ci');
});

test('names of the language are no users, and a file that is not understood lets nobody in', async (t) => {
  const { file, people } = await rig(t);
  for (const name of ['constructor', '__proto__', 'toString'])
    await assert.rejects(people.logIn(name, PASSWORD, name), { code: 'login-wrong' });
  await writeFile(file, 'users:\n  ada: { role: root }\n');
  await assert.rejects(people.users(), (error: Error) => error.message.includes('users.yaml line 2'));
  await assert.rejects(people.logIn('ada', PASSWORD, 'w'), { code: 'usage' });
});
