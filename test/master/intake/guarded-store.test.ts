import assert from 'node:assert/strict';
import promises, { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { guarded, guardedPartial } from '../../../src/master/intake/guarded-store.ts';
import { directoryMedium } from '../../../src/master/medium/medium.ts';
import { watchMedium } from '../../../src/master/medium/medium-watch.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { partialRecords } from '../../../src/records/partial-records.ts';
import { replaceBuiltin, systemError } from '../../platform/files/replace-builtin.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { roomyStore } from './roomy-store.ts';

const MAC = '52:54:00:00:00:0a';
const RECORD = JSON.stringify(recordFor('A'));
const CAPTURE = captureOf({ 'raw/a.out': 'a' });
const body = (bytes: string | Buffer) => ({ mac: MAC, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) });

/** A store and its watch; `fails` is where the medium fails next, and how. */
async function setting(t: TestContext) {
  const directory = await temporaryDirectory('recon-guarded-');
  t.after(() => directory[Symbol.asyncDispose]());
  await mkdir(join(directory.path, 'records'));
  const state = { syncFails: undefined as string | undefined };
  const sync = async (): Promise<void> => {
    if (state.syncFails !== undefined) throw systemError(state.syncFails);
  };
  const watch = watchMedium({
    ...{ dataDirectory: directory.path, medium: directoryMedium(directory.path), sync, lookMs: 2 ** 30 },
    onTrouble: () => {},
    onBack: async () => void (await plain.resume()),
  });
  t.after(() => watch.stop());
  const plain = await roomyStore(directory.path, { storage: 'stick', sync: watch.sync });
  const store = guarded(plain, watch);
  const put = async () => {
    const { sha256 } = await store.putCapture(body(CAPTURE));
    return store.putRecord({ ...body(RECORD), captureSha256: sha256 });
  };
  return { root: directory.path, state, watch, store, put, partial: guardedPartial(partialRecords(directory.path, watch.sync), watch) };
}

for (const [code, fault] of [
  ['EROFS', 'read-only'],
  ['EIO', 'failing'],
  ['ENODEV', 'gone'],
] as const)
  for (const [call, where] of [
    ['open', /\/incoming\//],
    ['mkdir', /\/0001$/],
    ['rename', /\/record\.json$/],
    ['rename', /\/capture\.jsonl\.gz$/],
    ['open', /\/receipt\.json$/],
  ] as const)
    it(`${code} of ${call} at ${where.source}: no receipt, 503 with the reason, and it is stored once the medium is back`, async (t) => {
      const { watch, store, put } = await setting(t);
      const real = promises[call] as (...args: unknown[]) => Promise<unknown>;
      let isBroken = true;
      replaceBuiltin(t, call, async (...args: unknown[]) => {
        const path = String(call === 'rename' ? args[1] : args[0]);
        // reading back goes on
        if (isBroken && where.test(path) && (call !== 'open' || args[1] === 'wx')) throw systemError(code);
        return real(...args);
      });
      await assert.rejects(put(), { code: 'medium-failed', httpStatus: 503 });
      assert.equal(watch.trouble?.fault, fault);
      assert.deepEqual(store.latest(), []);
      await assert.rejects(put(), { code: 'medium-failed' });
      isBroken = false;
      await watch.check();
      assert.equal((await put()).revision, 1);
      assert.equal(store.latest().length, 1);
    });

it('a sync that fails gives no receipt, of a record as of what an initrd sends', async (t) => {
  const first = await setting(t);
  first.state.syncFails = 'EIO';
  await assert.rejects(first.put(), { code: 'medium-failed' });
  assert.deepEqual(first.store.latest(), []);
  const second = await setting(t);
  second.state.syncFails = 'EROFS';
  const lines = Buffer.from(`${JSON.stringify({ path: 'a', base64: 'eA==' })}\n`);
  await assert.rejects(second.partial.put(MAC, lines), { code: 'medium-failed' });
  assert.equal(second.watch.trouble?.fault, 'read-only');
});

it('a medium that comes back without a record that had a receipt: it counts as never received', async (t) => {
  const { root, watch, store, put } = await setting(t);
  await put();
  assert.notEqual(store.acknowledged(MAC), undefined);
  await promises.rm(join(root, 'records/52-54-00-00-00-0a'), { recursive: true });
  await watch.explain(systemError('EIO'));
  await watch.check();
  assert.equal(store.acknowledged(MAC), undefined);
  assert.equal((await put()).revision, 1);
  assert.deepEqual(await readdir(join(root, 'incoming')), []);
});

it('reads a record back, and not while its medium is gone: another stick may be in its place', async (t) => {
  const { root, watch, store, put } = await setting(t);
  await put();
  assert.deepEqual(await store.recordOf(MAC), recordFor('A'));
  await watch.explain(systemError('ENODEV'));
  assert.equal(watch.trouble?.fault, 'gone');
  await assert.rejects(store.recordOf(MAC), { code: 'medium-failed' });
  await watch.check();
  await promises.rm(join(root, 'records/52-54-00-00-00-0a/0001/record.json'));
  await assert.rejects(store.recordOf(MAC), { code: 'medium-failed', message: /^the record of 52:54:00:00:00:0a cannot be read: ENOENT/ });
});

it('forgets half uploads when the medium comes back, and has its folder for new ones if that is gone too', async (t) => {
  const { root, watch, put } = await setting(t);
  const incoming = join(root, 'incoming');
  await promises.writeFile(join(incoming, 'half.part'), 'half');
  await watch.explain(systemError('EIO'));
  await watch.check();
  assert.deepEqual(await readdir(incoming), []);
  await promises.rm(incoming, { recursive: true });
  await watch.explain(systemError('EIO'));
  await watch.check();
  assert.equal((await put()).revision, 1);
});
