import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { POOL_ROLES } from '../../../src/domain/pool/person.ts';
import type { ApiRoute } from '../../../src/pool/api/parts/route.ts';
import { ROUTE_EXAMPLES, type RouteExample } from '../../../src/pool/api/parts/route-examples.ts';
import { poolRoutes, UNANSWERED } from '../../../src/pool/api/pool-routes.ts';
import { askedOf, preparedFor } from './asked-routes.ts';
import { poolRig } from './pool-rig.ts';
import { steadyExample } from './steady-example.ts';

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
      const given = askedOf(`${method} ${path}`);
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
  const examples: Record<string, RouteExample> = {};
  for (const route of routes) {
    if (route.path === '/events') continue;
    const name = `${route.method} ${route.path}`;
    const { path, body, status, text, json, asked } = await askedOnce(t, route);
    assert.equal(status, asked.status ?? 200, `${name}: ${text}`);
    if (status !== 200) continue;
    // strict below the first level too: what comes is what is described
    const checked = z.safeParse(route.reply, json);
    assert.ok(checked.success, `${name}: ${checked.error?.message}`);
    // the document is no example of itself
    if (route.path === '/openapi.json') continue;
    examples[name] = steadyExample({ ...(path === route.path ? {} : { path }), ...(body === undefined ? {} : { body }), reply: json });
  }
  if (process.env['RECON_WRITE_GOLDEN'] === '1') await writeFile(EXAMPLES_FILE, `${JSON.stringify(examples, undefined, 2)}\n`);
  assert.deepEqual(ROUTE_EXAMPLES, examples, 'RECON_WRITE_GOLDEN=1 writes them anew');
});

const EXAMPLES_FILE = join(import.meta.dirname, '../../../src/pool/api/parts/route-examples.json');

/** One route, as an administrator or, for what is somebody's own, a user; a change without If-Match is tried first, and must change nothing. */
async function askedOnce(t: TestContext, route: ApiRoute) {
  const rig = await poolRig(t);
  const isOwn = route.path.startsWith('/own/');
  const given = isOwn ? {} : { token: await rig.tokenOf('admin') };
  const cookie = isOwn ? await rig.sessionOf('viewer') : {};
  const asked = await preparedFor(`${route.method} ${route.path}`, rig);
  const { path = route.path, body, file } = asked;
  if (route.isChange) assert.equal((await rig.ask(route.method, path, { ...given, body })).status, 428, `${path} without If-Match`);
  const headers = {
    ...{ ...cookie, ...(route.isChange ? { 'if-match': '1' } : {}) },
    ...(file === undefined ? {} : { 'content-type': 'application/gzip' }),
  };
  return { ...(await rig.ask(route.method, path, { ...given, body: file ?? body, headers })), path, body, asked };
}

test('each example in the document fits the schema beside it', async (t) => {
  const { ask } = await poolRig(t);
  const { json: document } = await ask('GET', '/openapi.json');
  const holds = (schema: object, value: unknown, where: string): void => {
    const { success, error } = z.fromJSONSchema(schema as never).safeParse(value);
    assert.ok(success, `${where}: ${error?.message}`);
  };
  let [bodies, answers] = [0, 0];
  for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Operation>>))
    for (const [method, { parameters = [], requestBody, responses }] of Object.entries(methods)) {
      const where = `${method} ${path}`;
      for (const { name, schema, example } of parameters) if (example !== undefined) holds(schema, example, `${where} ${name}`);
      for (const name of path.matchAll(/\{(\w+)\}/g))
        assert.ok(parameters.find((one) => one.name === name[1])?.example !== undefined, `${where} shows no ${name[1]}`);
      const asked = requestBody?.content['application/json'];
      const answered = responses['200'].content['application/json'];
      if (asked !== undefined) {
        assert.ok(asked.example !== undefined, `${where} shows no request`);
        holds(asked.schema, asked.example, where);
        bodies += 1;
      }
      if (answered?.example === undefined) {
        assert.ok(SHOWN_NOWHERE.has(path), `${where} shows no answer`);
        continue;
      }
      holds(answered.schema, answered.example, where);
      answers += 1;
    }
  assert.ok(bodies >= 20 && answers >= 50, `${bodies} requests, ${answers} answers`);
});

/** A browser is sent away, a stream has no end, and the document is no example of itself. */
const SHOWN_NOWHERE: ReadonlySet<string> = new Set(
  ['events', 'session/issuer', 'session/issuer/return', 'openapi.json'].map((path) => `/api/v1/${path}`),
);

interface Shown {
  schema: object;
  example?: unknown;
}
interface Operation {
  parameters?: (Shown & { name: string })[];
  requestBody?: { content: Record<string, Shown> };
  responses: { '200': { content: Record<string, Shown> } };
}

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
