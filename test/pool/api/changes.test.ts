import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { poolRig } from './pool-rig.ts';

test('nodes with what they run, what is assigned and what comes next; and machines that are none', async (t) => {
  const { ask, tokenOf } = await poolRig(t);
  const token = await tokenOf('viewer');
  const { json } = await ask('GET', '/nodes', { token });
  const [first, second] = json.nodes;
  assert.deepEqual(
    [first.assigned, first.seen.runs, first.next.choice, first.wouldRun, first.wouldDiffer],
    ['compute', 'failsafe@1', 'compute', 'compute@3', true],
  );
  assert.deepEqual(second.next, { choice: 'local-disk', by: 'default' });
  assert.deepEqual(
    json.newMachines.map(({ mac, looksLike, next }: Record<string, { choice: string }>) => [mac, looksLike, next?.choice]),
    [['52:54:00:66:00:99', 'node-001', 'local-disk']],
  );
  const why = await ask('GET', '/nodes/node-000/why', { token });
  assert.match(why.json.text, /^node-000, in rack1 boots compute\n/);
});

test('a change says the revision that it was thought out on; a stale one gets both sides', async (t) => {
  const { ask, tokenOf, folder, audit } = await poolRig(t);
  const token = await tokenOf('operator');
  const assign = (boot: string, revision: string) =>
    ask('POST', '/assignments', { token, body: { selector: 'node-000', boot }, headers: { 'if-match': revision } });
  assert.deepEqual((await assign('recon', '"1"')).json, {
    revision: 2,
    isChanged: true,
    what: 'node-000: boots recon',
    nodes: ['node-000'],
  });
  const stale = await assign('failsafe', '1');
  assert.equal(stale.status, 409);
  assert.deepEqual(
    [stale.json.code, stale.json.revision, stale.json.meanwhile],
    ['pool-stale', 2, [{ revision: 2, by: 'token operator', what: 'node-000: boots recon' }]],
  );
  assert.deepEqual(
    stale.json.yours[0].lines.map((line: string) => line.slice(0, 11)),
    ['-node-000: ', '+node-000: '],
  );
  assert.match(await readFile(join(folder, 'nodes.yaml'), 'utf8'), /# rack 1\nnode-000: .*boot: recon/);
  assert.equal((await assign('recon', '2')).json.isChanged, false);
  assert.equal((await assign('recon', 'x')).status, 400);
  const [entry] = await audit.read({ node: 'node-000' });
  assert.deepEqual([entry?.who, entry?.what, entry?.revision], ['token operator', 'node-000: boots recon', 2]);
  assert.match(entry?.after?.['nodes.yaml'] ?? '', /boot: recon/);
});

test('of many changes at once each has its own lines in the audit, and none has those of another', async (t) => {
  const { ask, tokenOf, audit } = await poolRig(t);
  const token = await tokenOf('admin');
  const note = (name: string, text: string) =>
    ask('PATCH', `/nodes/${name}`, { token, body: { note: text }, headers: { 'if-match': '*' } });
  const answers = await Promise.all(['node-000', 'node-001', 'node-000', 'node-001'].map((name, at) => note(name, `turn ${at}`)));
  assert.ok(answers.every(({ json }) => json.isChanged === true));
  const lines = (await audit.read()).slice(-4).map(({ what, after }) => [what, ...(after?.['nodes.yaml'] ?? '').split('\n')]);
  assert.equal(lines.length, 4);
  for (const [what = '', ...written] of lines)
    assert.deepEqual(
      written.map((line) => line.split(':')[0]),
      [what.split(':')[0]],
    );
});

test('a node that was renamed is found by its new name; the old one says which that is, and what was done stays with it', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('admin');
  const change = async (path: string, body: object) => (await ask('POST', path, { token, body, headers: { 'if-match': '*' } })).json;
  await change('/assignments', { selector: 'node-000', boot: 'recon' });
  assert.equal((await change('/nodes/node-000/rename', { to: 'login' })).what, 'node-000 is called login');
  assert.equal((await change('/nodes/login/rename', { to: 'login' })).isChanged, false);
  await change('/nodes/login/rename', { to: 'front' });
  const { json: node } = await ask('GET', '/nodes/front', { token });
  assert.deepEqual([node.assigned, node.groups, node.seen.runs], ['recon', ['rack1'], 'failsafe@1']);
  for (const [method, path] of [
    ['GET', '/nodes/node-000'],
    ['GET', '/nodes/node-000/why'],
    ['DELETE', '/nodes/node-000'],
    ['GET', '/nodes?selector=node-000'],
  ] as const) {
    const { json } = await ask(method, path, { token, headers: { 'if-match': '*' } });
    assert.deepEqual(
      [json.message, json.hint],
      ['there is no node node-000: since revision 4 it is called front', 'recon node show front'],
      `${method} ${path}`,
    );
  }
  const done = async (name: string) => (await ask('GET', `/audit?node=${name}`, { token })).json.map(({ what }: { what: string }) => what);
  // another node of the old name is another node
  await change('/nodes', { name: 'node-000', macs: ['52:54:00:66:00:77'] });
  assert.deepEqual(await done('front'), ['node-000: boots recon', 'node-000 is called login', 'login is called front']);
  assert.equal((await ask('GET', '/nodes/node-000', { token })).status, 200);
  assert.match((await change('/nodes/front/rename', { to: 'node-001' })).message, /there is a node node-001 already/);
  assert.match((await change('/nodes/front/rename', { to: 'Front' })).message, /small letters/);
  assert.equal(store.state().pool.nodes.get('front')?.boot, 'recon');
});

test('hundreds of nodes with names that follow no rule are assigned at once', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('admin');
  const headers = { 'if-match': '*' };
  const nodes = Array.from({ length: 300 }, (_, at) => ({
    name: `${'machine-of-somebody'.slice(at % 7)}-${at * 7919}-x`,
    macs: [`52:54:01:00:${(at >> 8).toString(16).padStart(2, '0')}:${(at & 255).toString(16).padStart(2, '0')}`],
  }));
  assert.equal((await ask('POST', '/nodes/import', { token, body: { nodes }, headers })).status, 200);
  const names = nodes.map(({ name }) => name);
  assert.ok(names.join(',').length > 4000, 'too long for a selector');
  const { status, json } = await ask('POST', '/assignments', { token, body: { names, boot: 'recon' }, headers });
  assert.deepEqual([status, json.nodes?.length], [200, 300]);
  const { pool } = store.state();
  assert.ok(names.every((name) => pool.nodes.get(name)?.boot === 'recon') && pool.nodes.get('node-000')?.boot === 'compute');
});

test('history, difference, and back: an earlier state becomes the newest', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('admin');
  await ask('PATCH', '/nodes/node-001', { token, body: { note: 'second shelf' }, headers: { 'if-match': '1' } });
  const { json: diff } = await ask('GET', '/pool/diff?from=1&to=2', { token });
  assert.deepEqual(
    diff.files.map(({ path }: { path: string }) => path),
    ['nodes.yaml'],
  );
  assert.match(diff.files[0].lines.join('\n'), /^ # rack 1\n.*-node-001.*\n\+node-001.*second shelf/s);
  const back = await ask('POST', '/pool/rollback', { token, body: { revision: 1 }, headers: { 'if-match': '2' } });
  assert.deepEqual([back.json.revision, store.state().pool.nodes.get('node-001')?.note], [3, undefined]);
  const { json: history } = await ask('GET', '/pool/history', { token });
  assert.deepEqual(
    history.map(({ what }: { what: string }) => what),
    [
      'back to revision 1',
      'node-001: note second shelf',
      'edited: groups.yaml, nodes.yaml, pool.yaml, profiles/compute.yaml, profiles/spare.yaml',
    ],
  );
  assert.equal((await ask('GET', '/pool/diff?from=1&to=77', { token })).status, 404);
});

test('what contradicts itself, or is not there, is refused when it is written', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('admin');
  const headers = { 'if-match': '*' };
  const told = async (method: string, path: string, body?: unknown) => {
    const { status, json } = await ask(method, path, { token, body, headers });
    return [status, json.code, json.hint ?? json.message].join(' ');
  };
  assert.match(await told('DELETE', '/profiles/compute'), /409 still-used/);
  assert.match(await told('DELETE', '/groups/rack1'), /409 still-used/);
  assert.match(
    await told('POST', '/nodes', { name: 'x', macs: ['52-54-00-66-00-01'] }),
    /422 pool-broken .*MAC address 52:54:00:66:00:01 of x is one of node-000/,
  );
  assert.match(await told('POST', '/assignments', { selector: 'all', boot: 'compute@4' }), /400 usage There are 3\./);
  assert.match(await told('PUT', '/profiles/b', { kind: 'compute', image: 'debain@3' }), /400 usage Did you mean debian\?/);
  assert.match(await told('POST', '/assignments', { selector: 'rack:1', boot: 'recon' }), /400 usage/);
  assert.match(await told('POST', '/assignments', { selector: 'node-00', boot: 'recon' }), /400 usage Did you mean node-00/);
  assert.match(await told('POST', '/assignments', { selector: 'all' }), /400 usage PROFILE, or --clear/);
  assert.match(
    await told('POST', '/nodes/import', { csv: 'name,mac\na,52:54:00:66:00:77\nb,zz\n' }),
    /400 usage line 3: "zz" is not a MAC address/,
  );
  assert.match(await told('POST', '/pool/apply', { files: { '../../etc/passwd': '' } }), /400 usage/);
  assert.equal(store.state().revision, 1);
});

test('an edit by hand is applied, or told with file and line', async (t) => {
  const { ask, tokenOf, folder } = await poolRig(t);
  const token = await tokenOf('admin');
  await writeFile(join(folder, 'groups.yaml'), 'rack1: { boots: x }\nrack2: {}\n');
  const { json } = await ask('GET', '/pool', { token });
  assert.deepEqual([json.revision, json.mistakes.length, json.mistakes[0].line], [1, 1, 1]);
  const refused = await ask('POST', '/pool/apply', { token, body: {}, headers: { 'if-match': '*' } });
  assert.deepEqual([refused.status, refused.json.code], [422, 'pool-broken']);
});

test('a node whose files are frozen is released by an administrator, and the audit says what for', async (t) => {
  const { ask, tokenOf, audit, store } = await poolRig(t);
  const token = await tokenOf('admin');
  const { status, json } = await ask('POST', '/nodes/node-000/release', { token });
  assert.deepEqual([status, json], [200, { released: 'node-000', why: 'somebody asked twice' }]);
  const [entry] = await audit.read({ node: 'node-000' });
  assert.deepEqual([entry?.who, entry?.what], ['token admin', 'node-000 is released; somebody asked twice']);
  assert.equal((await ask('POST', '/nodes/node-001/release', { token })).status, 409);
  assert.equal((await ask('POST', '/nodes/node-00x/release', { token })).json.hint, 'Did you mean node-000?');
  assert.equal(store.state().revision, 1, 'what is wanted is as it was');
});

test('what is wrong with the certificate of the page is in the state, and in what a check says', async (t) => {
  const trouble = 'it ends on 2026-12-05, in 6 days';
  const { ask, tokenOf } = await poolRig(t, { certificate: { trouble: () => trouble } });
  const token = await tokenOf('viewer');
  for (const [method, path, body] of [['GET', '/pool'] as const, ['POST', '/pool/check', {}] as const])
    assert.equal((await ask(method, path, { token, body })).json.certificate, trouble, path);
});

test('what keeps git from the changes is in the answer to each, and in the state', async (t) => {
  const { ask, tokenOf } = await poolRig(t, {}, { obstacle: async () => 'git is not installed', commit: async () => 'git has no room' });
  const token = await tokenOf('admin');
  const uncommitted = async (...[method, path, body]: [string, string, unknown?]): Promise<unknown> =>
    (await ask(method, path, { token, body, headers: { 'if-match': '*' } })).json.uncommitted;
  assert.equal(await uncommitted('GET', '/pool'), 'git is not installed');
  const assign = { selector: 'node-000', boot: 'recon' };
  assert.equal(await uncommitted('POST', '/assignments', assign), 'git has no room');
  assert.equal(await uncommitted('POST', '/assignments', assign), undefined, 'nothing was changed');
  assert.equal(await uncommitted('POST', '/pool/rollback', { revision: 1 }), 'git has no room');
  assert.deepEqual(
    [await uncommitted('GET', '/pool'), await uncommitted('POST', '/pool/check', {})],
    ['git has no room', 'git has no room'],
  );
});
