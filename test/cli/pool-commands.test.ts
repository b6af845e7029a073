import assert from 'node:assert/strict';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { run } from '../../src/platform/process/command.ts';
import { poolRig } from '../pool/api/pool-rig.ts';

/** A head on a socket, and the program that asks it; nobody sits at its terminal. */
async function rig(t: TestContext) {
  const head = await poolRig(t, { hosts: undefined, trusts: { name: 'root', role: 'admin' } });
  const socket = join(head.directory, 'head.sock');
  await head.app.listen({ path: socket });
  const recon = async (...words: string[]): Promise<[number | undefined, string, string]> => {
    const argv = [process.execPath, join(import.meta.dirname, '../../src/main.ts'), ...words, '--socket', socket] as const;
    const { exitCode, stdout, stderr } = await run([...argv], { timeoutMs: 60_000, cwd: head.directory });
    return [exitCode, stdout.toString(), stderr.toString()];
  };
  return { ...head, recon };
}

test('0 done, 3 nothing to do, 2 refused with what was meant', async (t) => {
  const { recon } = await rig(t);
  assert.deepEqual(await recon('assign', 'node-000', 'recon'), [0, 'node-000\nnode-000: boots recon: revision 2', '']);
  assert.equal((await recon('assign', 'node-000', 'recon'))[0], 3);
  assert.deepEqual(await recon('node', 'set', 'node-000', 'adress=x'), [
    2,
    '',
    'recon: adress=x says nothing of a node\n  try: Did you mean address=?',
  ]);
  const [code, json] = await recon('node', 'set', 'node-001', 'note=', '--json');
  assert.deepEqual([code, JSON.parse(json).isChanged], [3, false]);
});

test('what is no revision, no file and no folder is said in a sentence, and as JSON where that is asked for', async (t) => {
  const { recon, directory } = await rig(t);
  for (const words of [
    ['show', '0'],
    ['show', 'x'],
    ['diff', '1', '-'],
    ['rollback', '1.5'],
  ]) {
    const [code, , said] = await recon('pool', ...words);
    assert.deepEqual([code, /^recon: "[^"]+" is no revision\n {2}try: .*recon pool history/.test(said)], [2, true], said);
  }
  const failed = async (...words: string[]) => {
    const [code, json, said] = await recon(...words, '--json');
    const { message, ...more } = JSON.parse(json);
    assert.ok(said.includes(message), said);
    return [code, more.code, message.replace(directory, ''), more.hint];
  };
  assert.deepEqual(await failed('pool', 'show', 'x'), [
    2,
    'usage',
    '"x" is no revision',
    'A number from 1 on; recon pool history shows those that are kept.',
  ]);
  assert.deepEqual(await failed('node', 'show', 'nod-000'), [2, 'not-found', 'there is no node nod-000', 'Did you mean node-000?']);
  assert.deepEqual(await failed('node', 'show'), [2, 'usage', "missing required argument 'node'", undefined]);
  assert.deepEqual((await failed('node', 'import', 'nope.csv')).slice(0, 3), [2, 'usage', 'there is no file nope.csv']);
  assert.deepEqual((await failed('node', 'import', '.')).slice(0, 3), [2, 'usage', '. is no file']);
  await appendFile(join(directory, 'audit.jsonl'), '');
  await truncate(join(directory, 'audit.jsonl'), 40_000_000);
  assert.deepEqual((await failed('node', 'import', 'audit.jsonl')).slice(0, 3), [
    2,
    'body-too-large',
    'audit.jsonl has 40 MB, which is no list of machines',
  ]);
  assert.deepEqual((await failed('pool', 'export', directory)).slice(1), [
    'not-writable',
    ' is not empty',
    'Name a folder that is new, or empty.',
  ]);
  assert.deepEqual((await failed('pool', 'export', '/proc/nowhere')).slice(0, 2), [2, 'not-writable']);
  assert.deepEqual((await failed('node', 'set', 'node-000', 'note=a', 'note=b')).slice(1, 3), ['usage', 'note is said twice']);
});

test('a note of several lines is one line of the history', async (t) => {
  const { recon } = await rig(t);
  await recon('node', 'set', 'node-000', 'note=above\nand below');
  const [, history] = await recon('pool', 'history');
  assert.match(history, /root {4}node-000: note above and below$/m);
});

test("the kernel's messages of a node are given as they are; a node without any says how they come", async (t) => {
  const { recon } = await rig(t);
  assert.deepEqual(await recon('node', 'show', 'node-000', '--dmesg'), [0, '[    0.000000] Linux version 6.12', '']);
  const [code, , said] = await recon('node', 'show', 'node-001', '--dmesg');
  assert.equal(code, 2);
  assert.match(said, /node-001 has sent no messages of its kernel\n.*send-dmesg/);
});

test('a change that was thought out on an earlier state is refused, with both sides', async (t) => {
  const { recon } = await rig(t);
  await recon('node', 'set', 'node-001', 'note=hello');
  const [code, , said] = await recon('assign', 'node-000', 'recon', '--if-revision', '1');
  assert.equal(code, 2);
  assert.match(said, /revision 2 by root: node-001: note hello\n.*nodes\.yaml\n.*-node-000.*\n.*\+node-000.*boot: recon/s);
});

test('above 20 nodes somebody is asked; where nobody sits nothing is changed without --yes', async (t) => {
  const { recon, store, directory } = await rig(t);
  const rows = Array.from({ length: 21 }, (_, at) => `many-${at};52540066ff${String(at).padStart(2, '0')}`);
  await writeFile(join(directory, 'nodes.csv'), `Name;MAC\n${rows.join('\n')}\n`);
  assert.equal((await recon('node', 'import', 'nodes.csv'))[0], 0);
  const [code, names, said] = await recon('assign', 'many-*', 'recon');
  assert.deepEqual([code, names.split(' ').length], [2, 21]);
  assert.match(said, /21 nodes are meant, and nobody is there to be asked\n {2}try: --yes/);
  assert.equal(store.state().pool.nodes.get('many-0')?.boot, undefined);
  assert.equal((await recon('assign', 'many-*', 'recon', '--yes'))[0], 0);
  assert.equal((await recon('assign', 'many-[0-19]', 'hold'))[0], 0, 'twenty are not asked about');
  assert.equal(store.state().pool.nodes.get('many-20')?.boot, 'recon');
});

test('why asks the head where one runs, and the folder where none does or one is named', async (t) => {
  const { recon, folder } = await rig(t);
  await writeFile(join(folder, 'nodes.yaml'), "node-000: { macs: ['52:54:00:66:00:01'], boot: hold }\n");
  assert.match((await recon('why', 'node-000'))[1], /boots hold/);
  assert.match((await recon('why', 'node-000', '--pool', folder))[1], /boots hold/);
  const [code, , said] = await recon('why', 'node-00x');
  assert.deepEqual([code, said.includes('Did you mean node-000?')], [2, true]);
});
