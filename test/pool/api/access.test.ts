import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { POOL_ROLES } from '../../../src/domain/pool/person.ts';
import { poolRoutes, UNANSWERED } from '../../../src/pool/api/pool-routes.ts';
import { poolRig } from './pool-rig.ts';

/** What each route is asked with, so that it does its work; the rest of the body is nothing. */
const ASKED: Record<string, { path?: string; body?: unknown; file?: string }> = {
  'POST /pool/check': { body: {} },
  'POST /pool/apply': { body: {} },
  'GET /pool/revisions/{revision}': { path: '/pool/revisions/1' },
  'GET /pool/diff': { path: '/pool/diff?from=1&to=1' },
  'POST /pool/rollback': { body: { revision: 1 } },
  'POST /nodes': { body: { name: 'new', macs: ['52:54:00:66:00:50'] } },
  'GET /nodes/{name}': { path: '/nodes/node-000' },
  'GET /nodes/{name}/why': { path: '/nodes/node-000/why' },
  'GET /nodes/{name}/dmesg': { path: '/nodes/node-000/dmesg' },
  'POST /nodes/{name}/release': { path: '/nodes/node-000/release' },
  'PATCH /nodes/{name}': { path: '/nodes/node-000', body: { note: 'hello' } },
  'POST /nodes/{name}/rename': { path: '/nodes/node-000/rename', body: { to: 'login' } },
  'DELETE /nodes/{name}': { path: '/nodes/node-000' },
  'POST /nodes/{name}/replace-nic': { path: '/nodes/node-001/replace-nic', body: { old: '52:54:00:66:00:03', new: '52:54:00:66:00:99' } },
  'POST /nodes/adopt': { body: { mac: '52:54:00:66:00:99', name: 'adopted' } },
  'POST /nodes/import': { body: { csv: 'name,mac\nx,52:54:00:66:00:60\n' } },
  'POST /nodes/import/preview': { body: { csv: 'name,mac\nx,52:54:00:66:00:60\n' } },
  'POST /nodes/import/visit': { file: 'no tarball' },
  'PUT /groups/{name}': { path: '/groups/rack9', body: { boot: 'recon' } },
  'DELETE /groups/{name}': { path: '/groups/empty' },
  'POST /groups/{name}/members': { path: '/groups/rack1/members', body: { add: ['node-001'], remove: ['node-000'] } },
  'DELETE /images/{name}/{version}': { path: '/images/debian/3' },
  'GET /profiles/{name}': { path: '/profiles/compute' },
  'PUT /profiles/{name}': { path: '/profiles/live', body: { kind: 'linux', kernel: 'live/vmlinuz' } },
  'DELETE /profiles/{name}': { path: '/profiles/spare' },
  'POST /assignments': { body: { selector: 'node-001', boot: 'failsafe' } },
  'POST /users': { body: { name: 'bob', role: 'viewer' } },
  'PUT /users/{name}': { path: '/users/carol', body: { role: 'operator' } },
  'POST /users/{name}/link': { path: '/users/carol/link' },
  'DELETE /users/{name}': { path: '/users/carol' },
  'POST /own/tokens': { body: { name: 'mine', role: 'viewer' } },
  'POST /tokens': { body: { name: 'ci', role: 'viewer' } },
  'POST /session': { body: { name: 'ada', password: 'wrong-wrong' } },
  'POST /setup': { body: { link: 'x', password: 'long-enough-1' } },
};
/** Refused for what they say, and for nothing else. */
const REFUSED: Record<string, number> = {
  'POST /session': 401,
  'POST /setup': 401,
  'POST /nodes/import/visit': 422,
  'GET /session/issuer': 303,
  'GET /session/issuer/return': 303,
};

test('every route, for nobody and for each role: who may is answered, and who may not is told so before anything is looked at', async (t) => {
  let seen = 0;
  const rig = await poolRig(t);
  const tokens = Object.fromEntries(await Promise.all(POOL_ROLES.map(async (role) => [role, await rig.tokenOf(role)])));
  const sessions = Object.fromEntries(await Promise.all(POOL_ROLES.map(async (role) => [role, await rig.sessionOf(role)])));
  await rig.people.addUser('carol', { role: 'viewer' });
  const routes = [...poolRoutes(rig as never), ...UNANSWERED];
  for (const { method, path, may } of routes) {
    for (const role of [undefined, ...POOL_ROLES]) {
      if (path === '/events') continue;
      // nothing but a user has tokens of their own
      const isOwn = path.startsWith('/own/');
      const given = ASKED[`${method} ${path}`] ?? {};
      const isAllowed = may === 'anyone' || (role !== undefined && POOL_ROLES.indexOf(role) >= POOL_ROLES.indexOf(may));
      // what is allowed is tried by the other test; here a route that is refused must not even read its input
      const { status } = await rig.ask(method, given.path ?? path, {
        ...(role === undefined ? {} : isOwn ? { headers: sessions[role] ?? {} } : { token: tokens[role] ?? '' }),
        ...(isAllowed ? {} : { body: { '???': 1 } }),
      });
      if (isAllowed)
        assert.ok(![401, 403].includes(status) || path === '/session' || path === '/setup', `${method} ${path} for ${role}: ${status}`);
      else assert.equal(status, role === undefined ? 401 : 403, `${method} ${path} for ${role}`);
      seen += 1;
    }
  }
  assert.ok(seen >= 160, `only ${seen} were asked`);
  assert.equal(rig.store.state().revision, 1);
});

test('the document describes every route, and each answers as it says there', async (t) => {
  const rig = await poolRig(t);
  const { json: document } = await rig.ask('GET', '/openapi.json');
  const listed = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice('/api/v1'.length)}`),
  );
  const routes = [...poolRoutes(rig as never), ...UNANSWERED];
  assert.deepEqual(listed.sort(), routes.map(({ method, path }) => `${method} ${path}`).sort());
  for (const wing of ['pool', 'nodes', 'groups', 'profiles', 'images', 'assignments', 'boots', 'audit', 'events', 'openapi.json'])
    assert.ok(Object.hasOwn(document.paths, `/api/v1/${wing}`), wing);
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (route.path === '/events') continue;
    const fresh = await poolRig(t);
    const isOwn = route.path.startsWith('/own/');
    const token = isOwn ? undefined : await fresh.tokenOf('admin');
    await fresh.people.addUser('carol', { role: 'viewer' });
    const cookie = isOwn ? await fresh.sessionOf('viewer') : {};
    const given = token === undefined ? {} : { token };
    let { path = route.path, body, file } = ASKED[name] ?? {};
    if (name === 'DELETE /tokens/{id}') path = `/tokens/${(await fresh.people.tokens())[0]?.id}`;
    if (name === 'DELETE /own/tokens/{id}')
      path = `/own/tokens/${(await fresh.people.createToken({ name: 'mine', role: 'viewer', owner: 'user-viewer' }, 'user-viewer')).token.id}`;
    const without = route.isChange ? (await fresh.ask(route.method, path, { ...given, body })).status : 428;
    // a run without the header changes nothing; what only looks needs none
    assert.equal(without, 428, `${name} without If-Match`);
    const { status, text, json } = await fresh.ask(route.method, path, {
      ...given,
      body: file ?? body,
      headers: {
        ...{ ...cookie, ...(route.isChange ? { 'if-match': '1' } : {}) },
        ...(file === undefined ? {} : { 'content-type': 'application/gzip' }),
      },
    });
    assert.equal(status, REFUSED[name] ?? 200, `${name}: ${text}`);
    if (status !== 200) continue;
    // strict below the first level too: what comes is what is described
    const checked = z.safeParse(route.reply, json);
    assert.ok(checked.success, `${name}: ${checked.error?.message}`);
  }
});

test('a route that does not say who may call it does not start', async (t) => {
  const { app } = await poolRig(t);
  assert.throws(() => app.get('/open', () => 'x'), /GET \/open does not say who may call it/);
});

test('who is limited to groups says what nodes of these boot, and no others', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('operator', ['rack1']);
  const assign = (selector: string, boot: string) =>
    ask('POST', '/assignments', { token, body: { selector, boot }, headers: { 'if-match': '*' } });
  assert.equal((await assign('node-000', 'recon')).status, 200);
  const { status, json } = await assign('all', 'recon');
  assert.deepEqual([status, json.code, json.hint], [403, 'forbidden', '1 node of these is not: node-001']);
  assert.equal(store.state().pool.nodes.get('node-001')?.boot, undefined);
});
