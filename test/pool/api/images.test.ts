import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { poolRig } from './pool-rig.ts';

test('a version that is not there is refused wherever it is written: nodes, once, groups, lists; what was there before may stay', async (t) => {
  const { ask, tokenOf, store, folder } = await poolRig(t);
  const token = await tokenOf('admin');
  const message = 'there is no version 9 of debian';
  const refusal = { type: 'about:blank', title: 'Bad Request', status: 400, detail: message, code: 'usage', message, hint: 'There are 3.' };
  const send = async (method: string, path: string, body: object) =>
    (await ask(method, path, { token, body, headers: { 'if-match': '*' } })).json;
  for (const [method, path, body] of [
    ['POST', '/assignments', { selector: 'node-000', boot: 'compute@9' }],
    ['POST', '/nodes', { name: 'new', macs: ['52:54:00:66:00:50'], boot: 'compute@9' }],
    ['PATCH', '/nodes/node-000', { boot: 'compute@9' }],
    ['PATCH', '/nodes/node-000', { once: 'compute@9' }],
    ['PUT', '/groups/rack9', { boot: 'compute@9' }],
    ['POST', '/nodes/import', { csv: 'name,mac,boot\nx,52:54:00:66:00:60,compute@9\n' }],
    ['POST', '/nodes/import', { csv: 'name,mac,boot\nnode-000,52:54:00:66:00:01,compute@9\n', update: true }],
    ['POST', '/nodes/import', { nodes: [{ name: 'x', macs: ['52:54:00:66:00:60'], boot: 'compute@9' }] }],
  ] as const) {
    assert.deepEqual(await send(method, path, body), refusal, `${method} ${path}`);
    const failsafe = JSON.parse(JSON.stringify(body).replaceAll('compute@9', 'failsafe@9'));
    assert.match((await send(method, path, failsafe)).message, /there is no version 9 of failsafe/, 'one that is built in, too');
  }
  assert.equal(store.state().revision, 1);
  const { mistakes } = await send('POST', '/nodes/import/preview', { csv: 'name,mac,boot\nx,52:54:00:66:00:60,compute@9\n' });
  assert.deepEqual(mistakes, ['there is no version 9 of debian']);
  // by hand, before it is built; a form that sends it along changes something else
  await writeFile(join(folder, 'nodes.yaml'), "node-000: { macs: ['52:54:00:66:00:01'], groups: [rack1], boot: compute@9 }\n");
  assert.equal((await send('PATCH', '/nodes/node-000', { boot: 'compute@9', note: 'soon' })).isChanged, true);
});

test('a version is taken away with a line in the audit; who runs it is told to the store of images, by the image of their profile', async (t) => {
  const asked: unknown[] = [];
  const images = {
    list: async () => [{ name: 'debian', version: 3 }],
    trouble: async () => undefined,
    remove: async (image: object, _pool: unknown, running: readonly string[]) => void asked.push([image, running]),
  };
  const { ask, tokenOf, audit } = await poolRig(t, { images });
  const token = await tokenOf('admin');
  assert.deepEqual((await ask('DELETE', '/images/debian/3', { token })).json, { removed: 'debian@3' });
  assert.deepEqual((await ask('DELETE', '/images/failsafe/1', { token })).json, { removed: 'failsafe@1' });
  // node-000 says `failsafe@1`, which is the image of that name
  assert.deepEqual(asked, [
    [{ name: 'debian', version: 3 }, []],
    [{ name: 'failsafe', version: 1 }, ['node-000']],
  ]);
  assert.equal((await audit.read()).at(-1)?.what, 'image failsafe@1 is taken away');
  assert.equal((await ask('DELETE', '/images/debian/x', { token })).status, 400);
  assert.equal((await ask('DELETE', '/images/..%2fx/3', { token })).status, 400);
});
