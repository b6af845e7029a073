import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { PASSWORD, poolRig } from './pool-rig.ts';

type Rig = Awaited<ReturnType<typeof poolRig>>;

async function withAda(rig: Rig): Promise<void> {
  const link = await rig.people.addUser('ada', { role: 'operator' });
  assert.equal((await rig.ask('POST', '/setup', { body: { link, password: PASSWORD } })).status, 200);
}

async function signIn({ ask }: Rig, password = PASSWORD) {
  const reply = await ask('POST', '/session', { body: { name: 'ada', password } });
  const cookie = String(reply.headers['set-cookie'] ?? '');
  return { ...reply, cookie, headers: { cookie: cookie.split(';')[0] ?? '' } };
}

test('a set-up link sets a password once, within half an hour; then the user signs in', async (t) => {
  const rig = await poolRig(t);
  const { ask, people, clock, directory } = rig;
  const link = await people.addUser('ada', { role: 'operator' });
  const setUp = (password: string) => ask('POST', '/setup', { body: { link, password } });
  assert.deepEqual(
    [(await setUp('short')).status, (await ask('POST', '/setup', { body: { link: 'other', password: PASSWORD } })).status],
    [400, 401],
  );
  assert.equal((await setUp(PASSWORD)).json.person.name, 'ada');
  assert.equal((await setUp(PASSWORD)).status, 401);
  const late = await people.addUser('bob', { role: 'viewer' });
  clock.ms += 31 * 60_000;
  assert.equal((await ask('POST', '/setup', { body: { link: late, password: PASSWORD } })).status, 401);
  const { cookie, headers } = await signIn(rig);
  assert.match(cookie, /^__Host-recon=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  assert.equal((await ask('GET', '/session', { headers })).json.person.role, 'operator');
  const text = await readFile(join(directory, 'users.yaml'), 'utf8');
  assert.doesNotMatch(text, new RegExp(`${PASSWORD}|${link}|${late}`));
  assert.equal((await stat(join(directory, 'users.yaml'))).mode & 0o777, 0o600);
});

test('a session ends: when signed out, after eight hours without use, and with the rights that it began with', async (t) => {
  const rig = await poolRig(t);
  await withAda(rig);
  const { ask, clock, people } = rig;
  const may = async (headers: Record<string, string>) => (await ask('GET', '/pool', { headers })).status;
  const first = await signIn(rig);
  assert.equal(await may(first.headers), 200);
  await ask('DELETE', '/session', { headers: first.headers });
  assert.equal(await may(first.headers), 401);
  const second = await signIn(rig);
  clock.ms += 7.9 * 3_600_000;
  assert.equal(await may(second.headers), 200);
  clock.ms += 8.1 * 3_600_000;
  assert.equal(await may(second.headers), 401);
  const third = await signIn(rig);
  await people.addUser('ada', { role: 'viewer' });
  assert.equal(await may(third.headers), 401);
  // a link for another password leaves the one that is there
  const fourth = await signIn(rig);
  assert.equal(fourth.json.person.role, 'viewer');
  await people.removeUser('ada');
  assert.equal(await may(fourth.headers), 401);
});

test('after ten wrong tries there is a wait, for the right password too; and it is over', async (t) => {
  const rig = await poolRig(t);
  await withAda(rig);
  for (let at = 0; at < 10; at += 1) assert.equal((await signIn(rig, 'wrong wrong wrong')).status, 401);
  const locked = await signIn(rig);
  assert.deepEqual([locked.status, locked.json.code], [429, 'login-locked']);
  rig.clock.ms += 31_000;
  assert.equal((await signIn(rig)).status, 200);
  // the wait is of passwords: a token is no guess
  const who = (await rig.audit.read()).map(({ who: name, what }) => `${name} ${what}`);
  assert.equal(who.filter((line) => line === 'ada was not let in').length, 11);
});

test('a token: shown once, only its sum kept, revoked and over; a right one is taken beside wrong ones', async (t) => {
  const rig = await poolRig(t);
  const { ask, tokenOf, clock, directory } = rig;
  const admin = await tokenOf('admin');
  const { json } = await ask('POST', '/tokens', { token: admin, body: { name: 'ci', role: 'viewer', days: 1 } });
  assert.match(json.secret, /^recon_[0-9a-f]{8}_[\w-]{43}$/);
  assert.doesNotMatch(await readFile(join(directory, 'users.yaml'), 'utf8'), new RegExp(json.secret.slice(15)));
  assert.equal((await ask('GET', '/pool', { token: json.secret })).status, 200);
  for (let at = 0; at < 12; at += 1) await ask('GET', '/pool', { token: `recon_00000000_${'A'.repeat(43)}` });
  assert.equal((await ask('GET', '/pool', { token: `recon_00000000_${'A'.repeat(43)}` })).status, 429);
  assert.equal((await ask('GET', '/pool', { token: json.secret })).status, 200);
  clock.ms += 25 * 3_600_000;
  assert.notEqual((await ask('GET', '/pool', { token: json.secret })).status, 200);
  assert.equal((await ask('DELETE', `/tokens/${json.token.id}`, { token: admin })).status, 200);
  assert.equal((await ask('GET', '/tokens', { token: admin })).json.length, 1);
});

test('the listener of root needs no password', async (t) => {
  const { ask } = await poolRig(t, { hosts: undefined, trusts: { name: 'root', role: 'admin' } });
  assert.equal((await ask('GET', '/audit')).status, 200);
});
