import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolRig } from './pool-rig.ts';

const NOW = { 'if-match': '*' };

test('nodes come into a group and leave it in one change, noted with their names', async (t) => {
  const { ask, tokenOf, store, audit } = await poolRig(t);
  const token = await tokenOf('admin');
  const body = { add: ['node-001'], remove: ['node-000'] };
  const { json } = await ask('POST', '/groups/rack1/members', { token, body, headers: NOW });
  assert.deepEqual(
    [json.revision, json.what, json.nodes],
    [2, 'group rack1: node-001 comes in; node-000 leaves', ['node-001', 'node-000']],
  );
  assert.deepEqual(store.state().pool.nodes.get('node-001')?.groups, ['rack2', 'rack1']);
  assert.equal((await audit.read({ node: 'node-001' })).length, 1);
  assert.equal((await ask('POST', '/groups/rack9/members', { token, body, headers: NOW })).status, 404);
  assert.equal((await ask('POST', '/groups/rack2/members', { token, body, headers: { 'if-match': '1' } })).status, 409);
});

test('a group that somebody is limited to stays, and so does one that a node is in; its sentence says who', async (t) => {
  const { ask, tokenOf, people } = await poolRig(t);
  const token = await tokenOf('admin');
  await people.addUser('bob', { role: 'operator', groups: ['empty'] });
  const limited = await ask('DELETE', '/groups/empty', { token, headers: NOW });
  assert.deepEqual(
    [limited.status, limited.json.code, limited.json.message],
    [409, 'still-used', 'group empty stays: user bob may only say what its nodes boot'],
  );
  await people.removeUser('bob');
  assert.equal((await ask('DELETE', '/groups/empty', { token, headers: NOW })).status, 200);
  const full = await ask('DELETE', '/groups/rack2', { token, headers: NOW });
  assert.deepEqual([full.status, full.json.message], [409, 'group rack2 stays: it is named by node node-001 (nodes.yaml line 3)']);
});
