import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { MOST_OWN_TOKENS } from '../../../src/pool/people/tokens.ts';
import { poolRig } from './pool-rig.ts';

const TAG = { 'if-match': '*' };

test('a token of their own: shown once, listed, revoked, and seen by nobody else but administrators', async (t) => {
  const rig = await poolRig(t);
  const { ask, audit, directory } = rig;
  const [viewer, operator, admin] = [await rig.sessionOf('viewer'), await rig.sessionOf('operator'), await rig.sessionOf('admin')];
  const { status, json } = await ask('POST', '/own/tokens', { headers: viewer, body: { name: 'screen', role: 'viewer', days: 30 } });
  assert.deepEqual([status, json.token.owner, json.token.expiresAt], [200, 'user-viewer', '2026-12-29T06:10:00.000Z']);
  assert.doesNotMatch(await readFile(join(directory, 'users.yaml'), 'utf8'), new RegExp(json.secret.slice(15)));
  assert.equal((await ask('GET', '/pool', { token: json.secret })).status, 200);
  const idsOf = async (headers: Record<string, string>, path = '/own/tokens') =>
    (await ask('GET', path, { headers })).json.map(({ id }: { id: string }) => id);
  assert.deepEqual([await idsOf(viewer), await idsOf(operator), await idsOf(admin, '/tokens')], [[json.token.id], [], [json.token.id]]);
  const path = `/own/tokens/${json.token.id}`;
  assert.equal((await ask('DELETE', path, { headers: operator })).status, 404, "another one's is not theirs to revoke");
  assert.equal((await ask('DELETE', path, { headers: viewer })).status, 200);
  assert.equal((await ask('GET', '/pool', { token: json.secret })).status, 401);
  const lines = (await audit.read()).map(({ who, what }) => `${who}: ${what}`);
  assert.deepEqual(lines, [
    `user-viewer: own token ${json.token.id} (screen, viewer) is made`,
    `user-viewer: own token ${json.token.id} is revoked`,
  ]);
});

test('a token may never more than its owner, neither when it is made nor later', async (t) => {
  const rig = await poolRig(t);
  const { ask, people } = rig;
  const headers = await rig.sessionOf('operator', ['rack1']);
  const make = async (body: object) => (await ask('POST', '/own/tokens', { headers, body: { name: 'mine', ...body } })).status;
  assert.equal(await make({ role: 'admin' }), 403);
  assert.equal(await make({ role: 'operator', groups: ['rack1', 'rack2'] }), 403);
  assert.equal(await make({ role: 'operator', owner: 'user-admin' }), 400);
  const { json } = await ask('POST', '/own/tokens', { headers, body: { name: 'mine', role: 'operator' } });
  const assign = async (selector: string) =>
    (await ask('POST', '/assignments', { token: json.secret, headers: TAG, body: { selector, boot: 'recon' } })).status;
  assert.deepEqual([await assign('node-000'), await assign('node-001')], [200, 403], 'only in the groups of its owner');
  await people.changeUser('user-operator', { role: 'operator', groups: ['rack2'] });
  assert.deepEqual([await assign('node-000'), await assign('node-001')], [403, 200], 'groups change with those of its owner');
  await people.changeUser('user-operator', { role: 'viewer' });
  assert.equal(await assign('node-001'), 403);
  assert.equal((await ask('GET', '/pool', { token: json.secret })).status, 200);
  await people.removeUser('user-operator');
  await people.newUser('user-operator', { role: 'admin' });
  assert.equal((await ask('GET', '/pool', { token: json.secret })).status, 401, 'somebody of the same name gets nothing of it');
});

test('a token makes no tokens, root has none, and there are not more than anybody needs', async (t) => {
  const rig = await poolRig(t);
  const { ask } = rig;
  const headers = await rig.sessionOf('admin');
  const body = { name: 'more', role: 'viewer' };
  const first = await ask('POST', '/own/tokens', { headers, body: { name: 'first', role: 'admin' } });
  for (const [method, path] of [
    ['POST', '/own/tokens'],
    ['GET', '/own/tokens'],
    ['DELETE', `/own/tokens/${first.json.token.id}`],
  ] as const)
    assert.equal((await ask(method, path, { token: first.json.secret, body })).status, 403, `${method} ${path}`);
  for (let at = 1; at < MOST_OWN_TOKENS; at += 1) assert.equal((await ask('POST', '/own/tokens', { headers, body })).status, 200);
  assert.equal((await ask('POST', '/own/tokens', { headers, body })).status, 403);
  const root = await poolRig(t, { hosts: undefined, trusts: { name: 'root', role: 'admin' } });
  assert.equal((await root.ask('POST', '/own/tokens', { body })).status, 403);
});
