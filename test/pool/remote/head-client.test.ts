import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { headClient } from '../../../src/pool/remote/head-client.ts';
import { poolRequests } from '../../../src/pool/remote/pool-requests.ts';
import { writePoolFolder } from '../../../src/pool/remote/write-folder.ts';
import { poolRig } from '../api/pool-rig.ts';

/** A head on a socket, and what asks it. */
async function askedHead(t: TestContext) {
  const rig = await poolRig(t, { hosts: undefined, trusts: { name: 'root', role: 'admin' } });
  const path = join(rig.directory, 'head.sock');
  await rig.app.listen({ path });
  return { ...rig, path, head: poolRequests(headClient({ target: { socketPath: path }, name: 'the head' })) };
}
const assign = (boot: string, ifRevision?: number) =>
  ({ method: 'POST', path: '/assignments', body: { selector: 'node-000', boot }, ifRevision }) as const;

test('every request of a command is answered as the command understands it', async (t) => {
  const { head } = await askedHead(t);
  const { nodes, newMachines, revision } = await head.nodes();
  assert.deepEqual([nodes.map(({ name }) => name), newMachines.length, revision], [['node-000', 'node-001'], 1, 1]);
  assert.deepEqual(
    (await head.nodes('group:rack2')).nodes.map(({ name }) => name),
    ['node-001'],
  );
  assert.equal((await head.node('node-001')).serial, 'CZ31');
  assert.match((await head.why('node-000')).text, /boots compute/);
  assert.equal((await head.release('node-000')).why, 'somebody asked twice');
  assert.deepEqual((await head.check()).mistakes, []);
  assert.ok((await head.exported()).files['nodes.yaml']?.startsWith('# rack 1'));
  assert.deepEqual((await head.change(assign('recon', 1))).revision, 2);
  assert.deepEqual(
    (await head.history(1)).map((one) => [one.revision, one.by]),
    [[2, 'root']],
  );
  assert.equal((await head.revision(1)).by, 'folder');
  assert.equal((await head.diff(1, 2)).files.length, 1);
  const { token } = await head.createToken({ name: 'ci', role: 'viewer' });
  assert.equal((await head.tokens())[0]?.id, token.id);
  assert.equal((await head.revokeToken(token.id)).revoked, token.id);
  assert.equal((await head.audit({ node: 'node-000', since: undefined })).length, 2);
  assert.equal((await head.auditCheck()).lines, 4);
});

test('what the head refuses is the failure that it is there; a conflict shows both sides', async (t) => {
  const { head } = await askedHead(t);
  await head.change(assign('recon'));
  await assert.rejects(head.change(assign('failsafe', 1)), (error: Error & { code?: string; hint?: string }) => {
    assert.deepEqual([error.code, error.message], ['pool-stale', 'this was thought out on revision 1, and 2 is there']);
    assert.match(error.hint ?? '', /revision 2 by root: node-000: boots recon\n.*nodes\.yaml\n {6}-node-000.*\n {6}\+node-000/s);
    return true;
  });
  await assert.rejects(head.node('node-00x'), { code: 'not-found', hint: 'Did you mean node-000?' });
  await assert.rejects(head.change(assign('fail-safe')), { code: 'usage', hint: 'Did you mean failsafe?' });
});

test('a profile that is not there is told before names are, and nothing is changed', async (t) => {
  const { head, store } = await askedHead(t);
  const dry = { ...assign('computer'), body: { selector: 'all', boot: 'computer', dryRun: true } };
  await assert.rejects(head.change(dry), { code: 'usage', hint: 'Did you mean compute?' });
  assert.equal(store.state().revision, 1);
});

test('nobody there, and somebody else there', async (t) => {
  const { directory } = await askedHead(t);
  const at = (socketPath: string) => poolRequests(headClient({ target: { socketPath }, name: 'x' }));
  await assert.rejects(at(join(directory, 'absent')).nodes(), { code: 'head-unreachable', message: 'no head runs on this machine' });
  for (const [status, text] of [
    [200, '{}'],
    [404, 'nothing'],
    [500, '{"code":"internal","message":"x"}'],
  ] as const) {
    const path = join(directory, `${status}.sock`);
    const other = createServer((_request, response) => void response.writeHead(status).end(text));
    await new Promise<void>((resolve) => other.listen(path, resolve));
    t.after(() => other.close());
    await assert.rejects(at(path).nodes(), { code: 'head-unreachable' }, text);
  }
});

test('an export is a folder that can be applied again; a path of another kind is not written', async (t) => {
  const { head, directory } = await askedHead(t);
  const { files } = await head.exported();
  const folder = join(directory, 'export');
  await writePoolFolder(folder, files);
  assert.equal(await readFile(join(folder, 'profiles/spare.yaml'), 'utf8'), 'kind: hold\n');
  const report = await head.change({ method: 'POST', path: '/pool/apply', body: { files } });
  assert.equal(report.isChanged, false);
  await assert.rejects(writePoolFolder(folder, files), { code: 'not-writable' });
  for (const path of ['../pool.yaml', '/etc/passwd', 'profiles/../../x.yaml']) {
    await assert.rejects(writePoolFolder(join(directory, 'other'), { [path]: '' }), { code: 'head-unreachable' }, path);
  }
  await writeFile(join(directory, 'mark'), '');
  assert.ok(!(await readdir(directory)).includes('other'), 'nothing of it is written');
});
