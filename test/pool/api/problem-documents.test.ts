import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolRig } from './pool-rig.ts';

test('each refusal is a problem document (RFC 9457) with the code, the sentence and what to try', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const [token, viewer] = [await tokenOf('admin'), await tokenOf('viewer')];
  const tag = { 'if-match': '*' };
  const asked: [status: number, code: string, method: string, path: string, given?: Parameters<typeof ask>[2]][] = [
    [401, 'login-needed', 'GET', '/nodes'],
    [403, 'forbidden', 'POST', '/assignments', { token: viewer, body: { selector: 'all', boot: 'hold' }, headers: tag }],
    [400, 'usage', 'POST', '/assignments', { token, body: { nodes: ['node-000'] }, headers: tag }],
    [400, 'usage', 'PATCH', '/nodes/node-000', { token, body: { serial: '' }, headers: tag }],
    [404, 'not-found', 'GET', '/nodes/nod-000', { token }],
    [404, 'not-found', 'GET', '/nowhere', { token }],
    [409, 'pool-stale', 'PATCH', '/nodes/node-000', { token, body: { note: 'x' }, headers: { 'if-match': '77' } }],
    [428, 'revision-missing', 'DELETE', '/nodes/node-000', { token }],
    [422, 'pool-broken', 'PATCH', '/nodes/node-000', { token, body: { boot: 'nope' }, headers: tag }],
  ];
  for (const [status, code, method, path, given] of asked) {
    const { json, text, ...answer } = await ask(method, path, given);
    assert.deepEqual(
      [answer.status, json.status, json.code, json.type, json.detail],
      [status, status, code, 'about:blank', json.message],
      text,
    );
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.ok(json.title.length > 0 && json.hint?.length > 0, text);
  }
  const { json: document } = await ask('GET', '/openapi.json');
  for (const methods of Object.values(document.paths))
    for (const { responses } of Object.values(methods as Record<string, { responses: Record<string, { content: object }> }>))
      assert.deepEqual(Object.keys(responses['default']?.content ?? {}), ['application/problem+json']);
  assert.equal(store.state().revision, 1);
});
