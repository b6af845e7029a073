import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { storeSelf } from '../../../src/master/intake/self-record.ts';
import type { Store } from '../../../src/master/intake/store.ts';
import { usableDirectory } from '../../../src/master/intake/usable-directory.ts';
import { openLedger } from '../../../src/master/ledger/ledger.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { captureOf, recordFor, sha256Of } from '../fixture-records.ts';
import { roomyStore } from './roomy-store.ts';

const MAC = '52:54:00:00:00:01';
const OTHER = '52:54:00:00:00:02';
const RECORD = Buffer.from(JSON.stringify(recordFor('MASTER')));
const CAPTURE = captureOf({ 'raw/a.out': 'a' });

/** A start of the master over a data partition and a state directory. */
async function started(data: string, state: string, own = MAC) {
  await mkdir(state, { recursive: true });
  const ledger = await openLedger({ path: join(state, 'ledger.jsonl'), now: () => new Date(0), onFault: () => {} });
  const store = await roomyStore(data);
  let inventories = 0;
  const macs: string[] = [];
  await storeSelf({
    inventorySelf: async () => {
      inventories += 1;
      return { mac: own, record: RECORD, capture: CAPTURE, lateCommands: 0 };
    },
    store,
    ledger,
    stateDirectory: state,
    onMac: (mac) => macs.push(mac),
  });
  await ledger.close();
  return { store, inventories, macs, history: ledger.history(own).map(({ stage, detail }) => `${stage}: ${detail}`) };
}

async function revisionsOf(store: Store): Promise<unknown> {
  const [stored] = store.latest();
  return [stored?.mac, stored?.revision, stored?.recordSha256, stored?.captureSha256, stored?.receipt !== undefined];
}

it('stores what the master is itself, as a peer would', async () => {
  await using directory = await temporaryDirectory('recon-self-');
  const { store, macs, history } = await started(join(directory.path, 'data'), join(directory.path, 'state'));
  assert.deepEqual(await revisionsOf(store), [MAC, 1, sha256Of(RECORD), sha256Of(CAPTURE), true]);
  assert.deepEqual(macs, [MAC]);
  assert.deepEqual(history, ['collect: the master itself', 'receipt: revision 1']);
  assert.equal(await readFile(join(directory.path, 'state/self'), 'utf8'), MAC);
});

it('looks at itself once per boot, also when the service is started again', async () => {
  await using directory = await temporaryDirectory('recon-self-');
  const [data, state] = [join(directory.path, 'data'), join(directory.path, 'state')];
  assert.equal((await started(data, state)).inventories, 1);
  const again = await started(data, state);
  assert.deepEqual([again.inventories, again.macs], [0, [MAC]]);
  assert.equal((await started(data, join(directory.path, 'next boot'))).inventories, 1);
});

it('looks at itself when its note is of a machine that the data partition does not know', async () => {
  await using directory = await temporaryDirectory('recon-self-');
  const state = join(directory.path, 'state');
  await started(join(directory.path, 'data'), state);
  const { inventories, macs } = await started(join(directory.path, 'other data'), state, OTHER);
  assert.deepEqual([inventories, macs], [1, [OTHER]]);
});

it('makes a directory of the master, and says which one it cannot make', async () => {
  await using directory = await temporaryDirectory('recon-self-');
  const path = join(directory.path, 'a/b');
  await usableDirectory(path);
  await usableDirectory(path);
  const below = join(directory.path, 'file/b');
  await writeFile(join(directory.path, 'file'), '');
  await assert.rejects(usableDirectory(below), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'not-writable');
    return error.message.startsWith(`${below} cannot be made: `);
  });
});

it('stores its record without the capture that the stick has no room for, and passes on every other failure', async () => {
  await using directory = await temporaryDirectory('recon-self-');
  const self = async (name: string, error: Error) => {
    const state = join(directory.path, name);
    await mkdir(state);
    const ledger = await openLedger({ path: join(state, 'ledger.jsonl'), now: () => new Date(0), onFault: () => {} });
    const store = { ...(await roomyStore(join(directory.path, `${name}-data`))), putCapture: () => Promise.reject(error) };
    const inventorySelf = async () => ({ mac: MAC, record: RECORD, capture: CAPTURE, lateCommands: 0 });
    try {
      await storeSelf({ inventorySelf, store, ledger, stateDirectory: state, onMac: () => {} });
    } finally {
      await ledger.close();
    }
    return revisionsOf(store);
  };
  const leftOut = new ReconError('capture-left-out', 'the stick is nearly full');
  assert.deepEqual(await self('left-out', leftOut), [MAC, 1, sha256Of(RECORD), undefined, true]);
  await assert.rejects(self('full', new ReconError('disk-full', 'the stick is full')), { code: 'disk-full' });
  await assert.rejects(self('broken', new Error('EIO')), { message: 'EIO' });
});
