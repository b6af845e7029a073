import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { PASSWORD, poolRig } from './pool-rig.ts';

test('an administrator adds a user, whose link sets a password once; changes what they may, and takes them away', async (t) => {
  const rig = await poolRig(t);
  const { ask, audit, people, directory } = rig;
  const headers = await rig.sessionOf('admin');
  const made = await ask('POST', '/users', { headers, body: { name: 'bob', role: 'operator', groups: ['rack1'] } });
  assert.deepEqual([made.status, made.json.user, made.json.until], [200, 'bob', '2026-11-29T06:40:00.000Z']);
  const { secret } = made.json;
  assert.doesNotMatch(await readFile(join(directory, 'users.yaml'), 'utf8'), new RegExp(secret));
  const listed = async () => (await ask('GET', '/users', { headers })).json.find(({ name }: { name: string }) => name === 'bob');
  assert.deepEqual(await listed(), { name: 'bob', role: 'operator', groups: ['rack1'], hasPassword: false, linkUntil: made.json.until });
  assert.equal((await ask('POST', '/setup', { body: { link: secret, password: PASSWORD } })).status, 200);
  assert.equal((await ask('POST', '/setup', { body: { link: secret, password: PASSWORD } })).status, 401);
  const signedIn = await people.logIn('bob', PASSWORD, 'x');
  assert.deepEqual((await ask('PUT', '/users/bob', { headers, body: { role: 'viewer' } })).json, { changed: 'bob' });
  assert.equal(await people.bySession(signedIn.secret), undefined, 'what bob was signed in with is over');
  assert.deepEqual(await listed(), { name: 'bob', role: 'viewer', hasPassword: true });
  const again = await ask('POST', '/users/bob/link', { headers });
  assert.equal((await people.logIn('bob', PASSWORD, 'x')).person.role, 'viewer', 'the password stays until the link is used');
  const own = await people.createToken({ name: 'bobs', role: 'viewer', owner: 'bob' }, 'bob');
  assert.deepEqual((await ask('DELETE', '/users/bob', { headers })).json, { removed: 'bob', tokens: 1 });
  assert.equal((await ask('GET', '/pool', { token: own.secret })).status, 401, 'a token goes with its owner');
  assert.equal(await listed(), undefined);
  const lines = (await audit.read()).filter(({ who }) => who === 'user-admin').map(({ what }) => what);
  assert.deepEqual(lines, [
    'user bob is added, operator for rack1, with a set-up link',
    'user bob is viewer; was operator for rack1',
    'user bob is given another set-up link',
    'user bob is taken away, with 1 of their tokens',
  ]);
  const said = JSON.stringify(await audit.read());
  assert.ok(!said.includes(secret) && !said.includes(again.json.secret), 'the audit holds no link');
});

test('the last administrator who can sign in stays, and stays one', async (t) => {
  const rig = await poolRig(t);
  const { ask, people, tokenOf } = rig;
  await rig.sessionOf('admin');
  const token = await tokenOf('admin');
  // neither can do what the last one can: one has no password, the other only some nodes
  await people.newUser('new', { role: 'admin' });
  await people.setUp(await people.addUser('some', { role: 'admin', groups: ['rack1'] }), PASSWORD, 'x');
  const refused = [
    await ask('DELETE', '/users/user-admin', { token }),
    await ask('PUT', '/users/user-admin', { token, body: { role: 'operator' } }),
    await ask('PUT', '/users/user-admin', { token, body: { role: 'admin', groups: ['rack1'] } }),
  ];
  assert.deepEqual(
    refused.map(({ status, json }) => [status, json.code]),
    Array(3).fill([409, 'last-admin']),
  );
  await people.setUp(await people.addUser('new', { role: 'admin' }), PASSWORD, 'x');
  assert.equal((await ask('DELETE', '/users/user-admin', { token })).status, 200);
  // root on the head itself can make another one, and is never kept from it
  await people.removeUser('new');
  assert.deepEqual(
    (await people.users()).map(({ name }) => name),
    ['some'],
  );
});

test('users that are not as they should be are refused: a name twice, one that is none, a group that is not there', async (t) => {
  const rig = await poolRig(t);
  const { ask, people, tokenOf } = rig;
  const [token, limited] = [await tokenOf('admin'), await tokenOf('admin', ['rack1'])];
  await people.newUser('bob', { role: 'viewer' });
  const told = async (method: string, path: string, body?: unknown, by = token) => {
    const { status, json } = await ask(method, path, { token: by, body });
    return `${status} ${json.code} ${json.message}; ${json.hint ?? ''}`;
  };
  assert.match(await told('POST', '/users', { name: 'bob', role: 'admin' }), /^400 usage there is a user bob already/);
  assert.match(await told('POST', '/users', { name: 'eve', role: 'viewer', groups: ['rak1'] }), /no group rak1; Did you mean rack1\?/);
  assert.match(await told('PUT', '/users/bob', { role: 'viewer', groups: ['zzzzzz'] }), /no group zzzzzz; There are rack1, rack2, empty\./);
  for (const name of ['token ci', '../x', '__proto__', 'constructor:', 'a'.repeat(64), '', 'Bob', 'bob\n'])
    assert.match(await told('POST', '/users', { name, role: 'viewer' }), /^400 usage name/, JSON.stringify(name));
  assert.match(await told('POST', '/users', { name: 'eve', role: 'root' }), /^400 usage role/);
  assert.match(await told('POST', '/users', { name: 'eve', role: 'viewer', password: 'x' }), /^400 usage/);
  assert.match(await told('PUT', '/users/eve', { role: 'viewer' }), /^404 not-found there is no user eve/);
  for (const [method, path] of [
    ['DELETE', '/users/constructor'],
    ['POST', '/users/valueof/link'],
  ] as const)
    assert.match(await told(method, path), /^404 not-found/);
  for (const [method, path, body] of [
    ['POST', '/users', { name: 'eve', role: 'admin' }],
    ['PUT', '/users/bob', { role: 'admin' }],
    ['POST', '/users/bob/link', undefined],
    ['DELETE', '/users/bob', undefined],
  ] as const)
    assert.match(await told(method, path, body, limited), /^403 forbidden who is limited to groups/);
  assert.deepEqual(await people.users(), [{ ...(await people.users())[0], name: 'bob', role: 'viewer', hasPassword: false }]);
});
