import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { assignNodes } from '../../../src/pool/change/assign.ts';
import { openPoolStore, type PoolStore } from '../../../src/pool/store/pool-store.ts';
import type { Revision } from '../../../src/pool/store/revision.ts';
import { withSetting } from '../../../src/settings/edit-text.ts';

const QUICK = { timeoutMs: 60_000 };
const NODES = "# rack 1\nnode-000: { macs: ['52:54:00:66:00:01'], boot: hold }\n";

interface Rig {
  folder: string;
  stateDirectory: string;
  open(): Promise<PoolStore>;
  accepted: Revision[];
}

async function rig(t: TestContext, files: Record<string, string> = { 'nodes.yaml': NODES }): Promise<Rig> {
  const directory = await temporaryDirectory('recon-pool-');
  t.after(() => directory[Symbol.asyncDispose]());
  const [folder, stateDirectory] = [join(directory.path, 'pool'), join(directory.path, 'state')];
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const accepted: Revision[] = [];
  const open = (): Promise<PoolStore> =>
    openPoolStore(folder, { stateDirectory, now: () => new Date(0), onAccepted: async (revision) => void accepted.push(revision) });
  return { folder, stateDirectory, open, accepted };
}

const setBoot = (boot: string | undefined) => (files: ReadonlyMap<string, string>) =>
  new Map([...files, ['nodes.yaml', withSetting(files.get('nodes.yaml') ?? '', ['node-000', 'boot'], boot)]]);
const bootOf = (store: PoolStore): string | undefined => store.state().pool.nodes.get('node-000')?.boot;

test('what lies in the folder is the first revision; a change is the next, in the folder and in the history', async (t) => {
  const { open, folder, accepted } = await rig(t);
  const store = await open();
  assert.deepEqual([store.state().revision, bootOf(store)], [1, 'hold']);
  await store.change({ by: 'ada', what: 'node-000 boots failsafe', ifRevision: 1, edit: setBoot('failsafe') });
  assert.deepEqual([store.state().revision, bootOf(store)], [2, 'failsafe']);
  assert.equal(await readFile(join(folder, 'nodes.yaml'), 'utf8'), "# rack 1\nnode-000: { macs: ['52:54:00:66:00:01'], boot: failsafe }\n");
  const told = (await store.history()).map(({ number, by, what }) => `${number} ${by}: ${what}`);
  assert.deepEqual(told, ['1 folder: edited: nodes.yaml', '2 ada: node-000 boots failsafe']);
  assert.deepEqual(
    accepted.map(({ number }) => number),
    [1, 2],
  );
  // another start knows the same
  const again = await open();
  assert.deepEqual([again.state().revision, bootOf(again)], [2, 'failsafe']);
});

test('a file that somebody saves at the moment of a change is taken afterwards, and not written over', async (t) => {
  const { open, folder } = await rig(t);
  const store = await open();
  const groups = 'rack1: { boot: hold }\n';
  await store.change({
    ...{ by: 'ada', what: 'node-000 boots failsafe' },
    edit: (files) => {
      writeFileSync(join(folder, 'groups.yaml'), groups);
      return setBoot('failsafe')(files);
    },
  });
  await store.refresh();
  assert.equal(await readFile(join(folder, 'groups.yaml'), 'utf8'), groups);
  assert.deepEqual([bootOf(store), store.state().pool.groups.get('rack1')?.boot], ['failsafe', 'hold']);
});

test('a change of nothing is no revision', async (t) => {
  const { open } = await rig(t);
  const store = await open();
  await store.change({ by: 'ada', what: 'the same', edit: (files) => new Map(files) });
  assert.equal(store.state().revision, 1);
});

test('an edit by hand is taken when the whole folder is valid; a broken one is told, and the last good one serves', async (t) => {
  const { open, folder } = await rig(t);
  const store = await open();
  await writeFile(join(folder, 'nodes.yaml'), NODES.replace('hold', 'holdd'));
  const { mistakes, revision } = await store.refresh();
  assert.deepEqual(mistakes, [
    { file: 'nodes.yaml', line: 2, message: 'node-000: boot: there is no profile holdd', hint: 'did you mean hold?' },
  ]);
  assert.deepEqual([revision, bootOf(store)], [1, 'hold']);
  // nobody writes over an edit that is not finished
  await assert.rejects(store.change({ by: 'ada', what: 'x', edit: setBoot('failsafe') }), {
    code: 'pool-broken',
    hint: /nodes.yaml line 2/,
  });
  assert.match(await readFile(join(folder, 'nodes.yaml'), 'utf8'), /holdd/);
  await writeFile(join(folder, 'nodes.yaml'), NODES.replace('hold', 'recon'));
  assert.deepEqual([(await store.refresh()).mistakes, store.state().revision, bootOf(store)], [[], 2, 'recon']);
});

test('a folder that is broken at the start, with and without a revision before', async (t) => {
  const { open, folder } = await rig(t, { 'nodes.yaml': 'a: {' });
  const store = await open();
  assert.deepEqual(
    [store.state().revision, store.state().mistakes.length > 0, store.state().pool.settings.unknown],
    [0, true, 'local-disk'],
  );
  await writeFile(join(folder, 'nodes.yaml'), NODES);
  await store.refresh();
  await writeFile(join(folder, 'nodes.yaml'), 'a: {');
  const again = await open();
  assert.deepEqual([again.state().revision, bootOf(again), again.state().mistakes[0]?.file], [1, 'hold', 'nodes.yaml']);
});

test('what contradicts itself is refused with every mistake, and nothing is written', async (t) => {
  const { open, folder } = await rig(t);
  const store = await open();
  await assert.rejects(store.change({ by: 'ada', what: 'x', edit: setBoot('nowhere') }), {
    code: 'pool-broken',
    hint: 'nodes.yaml line 2: node-000: boot: there is no profile nowhere',
  });
  assert.equal(await readFile(join(folder, 'nodes.yaml'), 'utf8'), NODES);
  assert.equal(store.state().revision, 1);
});

test('two who changed the same revision: the second is refused with both sides, and loses nothing', async (t) => {
  const { open } = await rig(t);
  const store = await open();
  const change = (by: string, boot: string): Promise<unknown> =>
    store.change({ by, what: `node-000 boots ${boot}`, ifRevision: 1, edit: setBoot(boot) });
  const results = await Promise.allSettled([change('ada', 'failsafe'), change('bob', 'recon')]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
  const { reason } = results[1] as PromiseRejectedResult;
  assert.equal(reason.code, 'pool-stale');
  assert.equal(reason.httpStatus, 409);
  assert.equal(
    reason.hint,
    'Meanwhile: revision 2 by ada: node-000 boots failsafe. Yours would change nodes.yaml. Look again, and repeat it.',
  );
  assert.equal(bootOf(store), 'failsafe');
});

test('an edit by hand in between counts as somebody else', async (t) => {
  const { open, folder } = await rig(t);
  const store = await open();
  await writeFile(join(folder, 'nodes.yaml'), NODES.replace('hold', 'recon'));
  await assert.rejects(store.change({ by: 'ada', what: 'x', ifRevision: 1, edit: setBoot('failsafe') }), {
    code: 'pool-stale',
    hint: /revision 2 by folder/,
  });
  assert.equal(bootOf(store), 'recon');
});

test('a power cut between the revision and the folder: the next start finishes the write', async (t) => {
  const { open, folder, stateDirectory } = await rig(t, { 'nodes.yaml': NODES, 'groups.yaml': 'rack1: {}\n' });
  const store = await open();
  await store.change({
    ...{ by: 'ada', what: 'other groups' },
    edit: (files) =>
      new Map([...[...files].filter(([path]) => path !== 'groups.yaml'), ['nodes.d/x.yaml', "x: { macs: ['52:54:00:66:00:07'] }\n"]]),
  });
  // as if nothing of it had reached the folder
  await writeFile(join(stateDirectory, 'revisions', 'placed'), '1\n');
  await rm(join(folder, 'nodes.d'), { recursive: true });
  await writeFile(join(folder, 'groups.yaml'), 'rack1: {}\n');
  const again = await open();
  assert.deepEqual([again.state().revision, [...again.state().pool.nodes.keys()]], [2, ['x', 'node-000']]);
  assert.deepEqual((await readdir(folder)).sort(), ['nodes.d', 'nodes.yaml']);
});

test('a rollback is a change like any other', async (t) => {
  const { open } = await rig(t);
  const store = await open();
  await store.change({ by: 'ada', what: 'x', edit: setBoot('failsafe') });
  const first = (await store.revision(1))?.files ?? {};
  await store.change({ by: 'ada', what: 'back to 1', edit: () => new Map(Object.entries(first)) });
  assert.deepEqual([store.state().revision, bootOf(store)], [3, 'hold']);
});

test('a folder that may not be written: the change is refused in words, and there is no revision of it', async (t) => {
  const { open, folder } = await rig(t);
  const store = await open();
  await using _closed = await closedToWriters(folder);
  const refused = store.change({ by: 'ada', what: 'x', edit: setBoot('failsafe') });
  await assert.rejects(refused, { code: 'not-writable', message: /may not write to .*pool: nothing was changed$/ });
  assert.deepEqual([(await store.history()).length, (await store.refresh()).revision, bootOf(store)], [1, 1, 'hold']);
});

/** By its mode; root may write into any folder but one that is mounted so. */
async function closedToWriters(folder: string): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  await chmod(folder, 0o555);
  stack.defer(() => chmod(folder, 0o755));
  if (process.geteuid?.() === 0) {
    await runOk(['mount', '--bind', folder, folder], QUICK);
    stack.defer(async () => void (await runOk(['umount', '--lazy', folder], QUICK)));
    await runOk(['mount', '-o', 'remount,bind,ro', folder], QUICK);
  }
  return stack.move();
}

test('what is no file of the pool is left alone', async (t) => {
  const { open, folder } = await rig(t, { 'nodes.yaml': NODES, 'README.md': 'ours' });
  const store = await open();
  await store.change({ by: 'ada', what: 'x', edit: () => new Map() });
  assert.deepEqual(await readdir(folder), ['README.md']);
});

test('the history names thousands of nodes in a line each, and reads the files of the one that is asked for', async (t) => {
  const { open, stateDirectory } = await rig(t);
  const store = await open();
  const what = `edited: ${'x'.repeat(20_000)} "files": {`;
  await store.change({ by: 'ada', what, edit: setBoot('failsafe') });
  assert.deepEqual(
    (await store.history()).map((one) => [one.number, one.what, 'files' in one]),
    [
      [1, 'edited: nodes.yaml', false],
      [2, what, false],
    ],
  );
  assert.match((await store.revision(1))?.files['nodes.yaml'] ?? '', /boot: hold/);
  assert.equal(await store.revision(3), undefined);
  // one that another program spoilt is none, and the start goes on with the one before
  await writeFile(join(stateDirectory, 'revisions/00000002.json'), '{"number":2,');
  const again = await open();
  assert.deepEqual(
    (await again.history()).map(({ number, by }) => [number, by]),
    [
      [1, 'folder'],
      [2, 'folder'],
    ],
  );
});

test('while thousands of nodes change, everything else goes on', async (t) => {
  const lines = [...Array(3000).keys()].map((number) => `n${number}: { macs: ['${macOf(number)}'], boot: hold }\n`);
  const { open } = await rig(t, { 'nodes.yaml': lines.join('') });
  const store = await open();
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  const names = [...store.state().pool.nodes.keys()];
  await store.change({ by: 'ada', what: 'all', edit: assignNodes(names, { boot: 'recon' }).edit });
  clearInterval(timer);
  assert.equal([...store.state().pool.nodes.values()].filter(({ boot }) => boot === 'recon').length, 3000);
  // at once it would be some: what waits for the disk
  assert.ok(turns >= 40, `${turns} turns`);
});

function macOf(number: number): string {
  return `52:54:00:00:${[number >> 8, number & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
}
