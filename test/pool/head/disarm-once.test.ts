import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { disarmOverOnes } from '../../../src/pool/head/disarm-once.ts';
import { openBootBook } from '../../../src/pool/history/boot-book.ts';
import { openPoolStore } from '../../../src/pool/store/pool-store.ts';

const [A, B, C] = ['52:54:00:66:00:01', '52:54:00:66:00:02', '52:54:00:66:00:03'];

async function rig(t: TestContext) {
  const directory = await temporaryDirectory('recon-once-');
  t.after(() => directory[Symbol.asyncDispose]());
  const folder = join(directory.path, 'pool');
  await mkdir(join(folder, 'nodes.d'), { recursive: true });
  await writeFile(join(folder, 'pool.yaml'), `nodes:\n  in-pool: { macs: ['${A}'], once: hold }\n`);
  await writeFile(join(folder, 'nodes.yaml'), `# mine\nplain: { macs: ['${B}'], once: hold } # this one\n`);
  await writeFile(join(folder, 'nodes.d/rack.yaml'), `in-rack: { macs: ['${C}'], once: recon }\n`);
  const store = await openPoolStore(folder, { stateDirectory: join(directory.path, 'state'), now: () => new Date() });
  const book = openBootBook({ all: () => [], put: () => {}, remove: () => {} });
  const over = (mac: string, node: string): void =>
    void book.note({ mac, node }, () => ({ history: { scripts: [], onceClaims: 0, isOnceOver: true } }));
  return { folder, store, book, over };
}

test('a one-shot that is over goes out of the file that it is in; armed ones and comments stay', async (t) => {
  const { folder, store, book, over } = await rig(t);
  over(A ?? '', 'in-pool');
  over(C ?? '', 'in-rack');
  assert.deepEqual(await disarmOverOnes(store, book), ['in-pool', 'in-rack']);
  const { nodes } = store.state().pool;
  assert.deepEqual(
    ['in-pool', 'plain', 'in-rack'].map((name) => nodes.get(name)?.once),
    [undefined, 'hold', undefined],
  );
  assert.match(await readFile(join(folder, 'nodes.yaml'), 'utf8'), /^# mine\nplain: .*once: hold.*# this one\n$/);
  const history = await store.history();
  assert.deepEqual(
    history.slice(1).map(({ by, what }) => [by, what]),
    [['head', 'the one-shots of in-pool, in-rack are over']],
  );
  assert.deepEqual(await disarmOverOnes(store, book), [], 'once is enough');
});

test('while the folder is broken nothing is taken out, and the next call finds it', async (t) => {
  const { folder, store, book, over } = await rig(t);
  over(B ?? '', 'plain');
  await writeFile(join(folder, 'groups.yaml'), 'rack1: { bot: x }\n');
  await store.refresh();
  assert.deepEqual(await disarmOverOnes(store, book), []);
  await writeFile(join(folder, 'groups.yaml'), 'rack1: {}\n');
  await store.refresh();
  assert.deepEqual(await disarmOverOnes(store, book), ['plain']);
});
