import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolRig } from './pool-rig.ts';

const TAG = { 'if-match': '*' };
const BOTH = { selector: 'all', names: ['node-000'] };
const LONG = 'a'.repeat(300);

test('hostile requests are refused, change nothing, and bring no failure of ours', async (t) => {
  const { ask, tokenOf, store, warnings } = await poolRig(t);
  const [admin, viewer] = [await tokenOf('admin'), await tokenOf('viewer')];
  const cases: [name: string, status: number, ...Parameters<typeof ask>][] = [
    ['a name that leads to our address', 403, 'GET', '/pool', { token: admin, headers: { host: 'evil.example' } }],
    ['a host that begins like ours', 403, 'GET', '/pool', { token: admin, headers: { host: 'head.test.evil.example' } }],
    ['a host with a user in it', 403, 'GET', '/pool', { token: admin, headers: { host: 'head.test@evil.example' } }],
    ['an empty host', 403, 'GET', '/pool', { token: admin, headers: { host: '' } }],
    ['another page', 403, 'POST', '/assignments', { token: admin, body: {}, headers: { ...TAG, origin: 'https://evil.example' } }],
    ['a page of a file', 403, 'POST', '/assignments', { token: admin, body: {}, headers: { ...TAG, origin: 'null' } }],
    ['a page of a neighbour port', 403, 'GET', '/pool', { token: admin, headers: { origin: 'http://head.test:8080' } }],
    ['a page of another site, without Origin', 403, 'GET', '/pool', { token: admin, headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a preflight', 404, 'OPTIONS', '/nodes', { headers: { origin: `http://head.test`, 'access-control-request-method': 'POST' } }],
    ['a token in the query', 401, 'GET', `/pool?token=${admin}`, {}],
    ['a token in a cookie', 401, 'GET', '/pool', { headers: { cookie: `__Host-recon=${admin}` } }],
    ['two cookies of that name', 401, 'GET', '/pool', { headers: { cookie: '__Host-recon=a; __Host-recon=b' } }],
    ['a token of nobody', 401, 'GET', '/pool', { token: `recon_00000000_${'A'.repeat(43)}` }],
    ['a token with the prototype in it', 401, 'GET', '/pool', { token: 'recon___proto___x' }],
    ['another kind of authorization', 401, 'GET', '/pool', { headers: { authorization: 'Basic cm9vdDpyb290' } }],
    ['a proxy that says who it is', 401, 'GET', '/pool', { headers: { 'x-forwarded-user': 'root', 'x-remote-user': 'root' } }],
    [
      'a proxy that says it is this machine',
      401,
      'GET',
      '/pool',
      { headers: { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' } },
    ],
    ['a method by header', 403, 'POST', '/pool/apply', { token: viewer, body: {}, headers: { ...TAG, 'x-http-method-override': 'GET' } }],
    [
      'a form',
      400,
      'POST',
      '/assignments',
      { token: admin, body: 'selector=all', headers: { ...TAG, 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'JSON as text',
      400,
      'POST',
      '/assignments',
      { token: admin, body: '{"selector":"all","clear":true}', headers: { ...TAG, 'content-type': 'text/plain' } },
    ],
    ['no JSON', 400, 'POST', '/assignments', { token: admin, body: '{', headers: { ...TAG, 'content-type': 'application/json' } }],
    [
      'a prototype',
      400,
      'POST',
      '/nodes',
      {
        token: admin,
        body: '{"__proto__":{"role":"admin"},"name":"x","macs":["52:54:00:66:00:77"]}',
        headers: { ...TAG, 'content-type': 'application/json' },
      },
    ],
    [
      'an unknown key',
      400,
      'POST',
      '/nodes',
      { token: admin, body: { name: 'x', macs: ['52:54:00:66:00:77'], role: 'admin' }, headers: TAG },
    ],
    [
      'a node called like a path',
      400,
      'POST',
      '/nodes',
      { token: admin, body: { name: '../x', macs: ['52:54:00:66:00:77'] }, headers: TAG },
    ],
    ['a profile called like a path', 400, 'PUT', '/profiles/..%2f..%2fetc', { token: admin, body: { kind: 'hold' }, headers: TAG }],
    ['a profile called by a dot', 400, 'PUT', '/profiles/.x', { token: admin, body: { kind: 'hold' }, headers: TAG }],
    ['a name of a prototype', 404, 'GET', '/nodes/__proto__', { token: admin }],
    ['YAML in a note', 400, 'PATCH', '/nodes/node-000', { token: admin, body: { note: LONG }, headers: TAG }],
    [
      'an argument with a blank',
      400,
      'PUT',
      '/profiles/x',
      { token: admin, body: { kind: 'linux', kernel: 'k', arguments: ['a b'] }, headers: TAG },
    ],
    [
      'a kernel with a script in it',
      400,
      'PUT',
      '/profiles/x',
      { token: admin, body: { kind: 'linux', kernel: `http://a/$${'{x}'}\nshell` }, headers: TAG },
    ],
    [
      'a path out of the folder',
      400,
      'POST',
      '/pool/apply',
      { token: admin, body: { files: { 'profiles/../../x.yaml': '' } }, headers: TAG },
    ],
    [
      'a file that is none of the pool',
      400,
      'POST',
      '/pool/apply',
      { token: admin, body: { files: { 'files/all/etc/shadow': '' } }, headers: TAG },
    ],
    ['YAML that grows', 422, 'POST', '/pool/apply', { token: admin, body: { files: { 'nodes.yaml': billionLaughs() } }, headers: TAG }],
    ['a body that is too large', 413, 'POST', '/assignments', { token: admin, body: { selector: 'a'.repeat(9_000_000) }, headers: TAG }],
    ['nodes by name and by selector', 400, 'POST', '/assignments', { token: admin, body: { ...BOTH, boot: 'hold' }, headers: TAG }],
    ['names that are none', 400, 'POST', '/assignments', { token: admin, body: { names: ['../x'], boot: 'hold' }, headers: TAG }],
    ['no names', 400, 'POST', '/assignments', { token: admin, body: { names: [], boot: 'hold' }, headers: TAG }],
    ['a name that is not there', 404, 'POST', '/assignments', { token: admin, body: { names: ['node-00x'], boot: 'hold' }, headers: TAG }],
    [
      'a selector of all numbers',
      400,
      'POST',
      '/assignments',
      { token: admin, body: { selector: 'n[0-999999999]', boot: 'hold' }, headers: TAG },
    ],
    [
      'a selector that is slow to match',
      400,
      'POST',
      '/assignments',
      { token: admin, body: { selector: '*a'.repeat(200), boot: 'hold' }, headers: TAG },
    ],
    ['a revision that is none', 400, 'POST', '/pool/rollback', { token: admin, body: { revision: 1.5 }, headers: TAG }],
    [
      'a revision by a list',
      400,
      'POST',
      '/assignments',
      { token: admin, body: { selector: 'all', boot: 'hold' }, headers: { 'if-match': '"1", "2"' } },
    ],
    ['a path that cannot be read', 400, 'GET', '/nodes/%E0%A4%A', { token: admin }],
    ['a slash behind', 404, 'GET', '/pool/', { token: admin }],
    ["a machine's route", 404, 'GET', '/api/../boot/52:54:00:66:00:01', { token: admin }],
    ['a limit of no history', 400, 'GET', '/pool/history?limit=1e9', { token: admin }],
  ];
  for (const [name, status, ...request] of cases) {
    const reply = await ask(...request);
    assert.equal(reply.status, status, `${name}: ${reply.text.slice(0, 200)}`);
    assert.equal(typeof reply.json?.code, 'string', `${name}: ${reply.text.slice(0, 200)}`);
    assert.equal(reply.headers['access-control-allow-origin'], undefined, name);
    assert.doesNotMatch(reply.text, /recon_[0-9a-f]{8}_/, name);
  }
  assert.ok(cases.length >= 40);
  assert.deepEqual([store.state().revision, warnings], [1, []]);
});

test('what is in a note stays text: in YAML, and in the answer', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const note = "'\n- {a: *b} # <script>&\u2028";
  const { status } = await ask('PATCH', '/nodes/node-000', { token: await tokenOf('admin'), body: { note }, headers: TAG });
  assert.equal(status, 200);
  assert.equal(store.state().pool.nodes.get('node-000')?.note, note);
});

/** Each anchor is the one before, many times over. */
function billionLaughs(): string {
  const lines = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [at, letter] of [...'bcdefghi'].entries())
    lines.push(`${letter}: &${letter} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`);
  return `${lines.join('\n')}\n`;
}
