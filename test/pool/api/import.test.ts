import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { visitReader } from '../../../src/pool/public/read-visit.ts';
import { deskTarball } from '../../desk/desk-fixture.ts';
import { poolRig } from './pool-rig.ts';

const NOW = { 'if-match': '*' };
const GZIP = { 'content-type': 'application/gzip' };

test('a list is looked at without a change, then taken whole: new nodes and other values', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('admin');
  const csv = 'name;mac;address\nnode-000;52:54:00:66:00:01;10.0.0.9\nnew;52:54:00:66:00:70;\n';
  const looked = await ask('POST', '/nodes/import/preview', { token, body: { csv } });
  assert.deepEqual(
    looked.json.lines.map(({ line, outcome }: { line: number; outcome: string }) => [line, outcome]),
    [
      [2, 'changed'],
      [3, 'added'],
    ],
  );
  assert.deepEqual([looked.json.revision, looked.json.mistakes, store.state().revision], [1, [], 1]);
  const without = await ask('POST', '/nodes/import', { token, body: { csv }, headers: NOW });
  assert.match(without.json.message, /there is a node node-000 already/, 'without `update` nothing that is there is changed');
  const { json } = await ask('POST', '/nodes/import', { token, body: { csv, update: true }, headers: { 'if-match': '1' } });
  assert.deepEqual([json.revision, json.nodes], [2, ['new', 'node-000']]);
  assert.equal(store.state().pool.nodes.get('node-000')?.address, '10.0.0.9');
  assert.equal((await ask('POST', '/nodes/import', { token, body: { csv, update: true }, headers: NOW })).json.isChanged, false);
});

test('one line that is refused, and nothing is taken; what no line alone is to blame for is said too', async (t) => {
  const { ask, tokenOf, store } = await poolRig(t);
  const token = await tokenOf('admin');
  const csv = 'name;mac;groups\nx;52:54:00:66:00:70;rack1\ny;52:54:00:66:00:01;\n';
  const { status, json } = await ask('POST', '/nodes/import', { token, body: { csv, update: true }, headers: NOW });
  assert.deepEqual([status, json.hint], [400, 'line 3: 52:54:00:66:00:01 is one of node-000 already (nodes.yaml line 2)']);
  assert.equal(store.state().revision, 1);
  const none = await ask('POST', '/nodes/import/preview', { token, body: { csv: 'a;b\n1;2\n' } });
  assert.equal(none.json.lines[0].outcome, 'refused');
});

test('the tarball of a visit becomes nodes to look at, and no byte of it stays', async (t) => {
  await using directory = await temporaryDirectory('recon-visit-');
  const state = join(directory.path, 'state');
  const { ask, tokenOf, store } = await poolRig(t, { visits: visitReader(state) });
  const token = await tokenOf('admin');
  const bytes = await readFile((await deskTarball(directory.path, ['CZ31', 'CZ32'])).path);
  const { status, json } = await ask('POST', '/nodes/import/visit', { token, body: bytes, headers: GZIP });
  assert.deepEqual([status, json.site, json.faults, json.known], [200, 'hall-3', [], []]);
  assert.deepEqual(
    json.nodes.map(({ name, macs, serial }: { name: string; macs: string[]; serial: string }) => [
      name,
      macs.includes('0c:c4:7a:00:00:01'),
      serial,
    ]),
    [
      ['node-002', true, 'CZ31'],
      ['node-003', false, 'CZ32'],
    ],
  );
  assert.deepEqual(await readdir(join(state, 'visits')), []);
  const broken = await ask('POST', '/nodes/import/visit', { token, body: bytes.subarray(0, 300), headers: GZIP });
  assert.equal(broken.status, 422);
  assert.doesNotMatch(broken.text, /visits\//, 'where it lay is nobody’s business');
  const text = await ask('POST', '/nodes/import/visit', { token, body: { nonsense: true } });
  assert.deepEqual([text.status, text.json.message], [400, 'this takes a file']);
  assert.deepEqual([await readdir(join(state, 'visits')), store.state().revision], [[], 1]);
});
