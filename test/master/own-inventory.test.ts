import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ReconError } from '../../src/domain/errors.ts';
import { aborted } from '../../src/domain/values/aborted.ts';
import type { SelfInventory } from '../../src/master/intake/self-record.ts';
import { openStore } from '../../src/master/intake/store.ts';
import { openLedger } from '../../src/master/ledger/ledger.ts';
import { startOwnInventory } from '../../src/master/own-inventory.ts';
import type { RunState } from '../../src/master/run-state.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { captureOf, recordFor, withoutSync } from './fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const SOUND: SelfInventory = {
  ...{ mac: MAC, record: Buffer.from(JSON.stringify(recordFor('S1'))), capture: captureOf({ 'raw/a.out': 'a' }) },
  lateCommands: 0,
};

/** A master's own inventory over a store of its own. */
async function setting(inventorySelf: (shutdown: AbortSignal) => Promise<SelfInventory>) {
  const directory = await temporaryDirectory('recon-own-');
  const ledger = await openLedger({ path: join(directory.path, 'ledger.jsonl'), now: () => new Date(0), onFault: () => {} });
  const sequence = (): number => ledger.sequence;
  const store = await openStore({
    directory: directory.path,
    storage: 'ram',
    log: silentLog,
    sequence,
    sync: withoutSync,
    freeFloorBytes: 0,
  });
  const state: Pick<RunState, 'ownMac'> = { ownMac: undefined };
  const faults: string[] = [];
  const events = { fault: (part: string, reason: string): void => void faults.push(`${part}: ${reason}`) };
  const start = () =>
    startOwnInventory({ retryMs: 1, lookAgainMs: [1, 1], inventorySelf, stateDirectory: directory.path, store, ledger, state, events });
  return {
    ...{ ledger, store, state, faults, start },
    [Symbol.asyncDispose]: async () => {
      await ledger.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

test('the record of the master is stored like any other, and the master knows its own name', async () => {
  await using master = await setting(async () => SOUND);
  await master.start().settled();
  assert.deepEqual([master.state.ownMac, master.store.latest()[0]?.mac, master.ledger.machine(MAC)?.stage], [MAC, MAC, 'receipt']);
  assert.deepEqual(master.faults, []);
});

test('an inventory that fails is a fault that is told, and the master goes on', async () => {
  await using master = await setting(() => Promise.reject(new Error('no network card')));
  await master.start().settled();
  assert.deepEqual(master.faults, ["inventory: this machine's own record: no network card"]);
  assert.equal(master.state.ownMac, undefined);
});

test('when the machine goes down, an inventory that runs is asked to end, and its record is stored', async () => {
  await using master = await setting(async (shutdown) => {
    await aborted(shutdown);
    return SOUND;
  });
  const own = master.start();
  own.shutdown();
  await own.settled();
  assert.equal(master.store.latest().length, 1);
});

test('what the stick does not take is tried again, without a second inventory, until it does', async () => {
  let made = 0;
  await using master = await setting(async () => {
    made += 1;
    return SOUND;
  });
  const { putRecord } = master.store;
  let failures = 0;
  master.store.putRecord = async (upload) => {
    failures += 1;
    if (failures < 3) throw new ReconError('medium-failed', 'the stick is gone');
    return putRecord(upload);
  };
  await master.start().settled();
  assert.equal(master.store.latest()[0]?.mac, MAC);
  assert.deepEqual([made, failures], [1, 3]);
  assert.deepEqual(master.faults, ["inventory: this machine's own record: the stick is gone"]);
});

/** Looks one after the other, with so many programs late in each. */
function looks(...late: number[]) {
  const taken = { count: 0 };
  const inventorySelf = async (): Promise<SelfInventory> => {
    const lateCommands = late[taken.count] ?? 0;
    taken.count += 1;
    return { ...SOUND, record: Buffer.from(JSON.stringify(recordFor(`S${taken.count}`))), lateCommands };
  };
  return { taken, inventorySelf };
}

test('a look in which programs were late is followed by others, and the one that saw more is the newest', async () => {
  const { taken, inventorySelf } = looks(14, 2, 0, 0);
  await using master = await setting(inventorySelf);
  await master.start().settled();
  assert.equal(taken.count, 3);
  assert.equal(master.store.latest()[0]?.revision, 3);
  assert.equal(master.ledger.machine(MAC)?.stage, 'receipt');
});

test('a look in which as many are late as before is not stored, and there is an end to it', async () => {
  const { taken, inventorySelf } = looks(2, 2, 3, 0);
  await using master = await setting(inventorySelf);
  await master.start().settled();
  assert.deepEqual([taken.count, master.store.latest()[0]?.revision], [3, 1]);
});

test('a second look that fails leaves the first record, and is told', async () => {
  let count = 0;
  await using master = await setting(async () => {
    count += 1;
    if (count > 1) throw new Error('the unit failed');
    return { ...SOUND, lateCommands: 1 };
  });
  await master.start().settled();
  assert.equal(master.store.latest()[0]?.revision, 1);
  assert.deepEqual(master.faults, ['inventory: another look at this machine: the unit failed']);
});

test('a second look names the machine as the first one did', async () => {
  let count = 0;
  await using master = await setting(async () => {
    count += 1;
    return count === 1
      ? { ...SOUND, lateCommands: 1 }
      : { ...SOUND, mac: '52:54:00:00:00:09', record: Buffer.from(JSON.stringify(recordFor('S2'))) };
  });
  await master.start().settled();
  assert.deepEqual(
    master.store.latest().map(({ mac, revision }) => [mac, revision]),
    [[MAC, 2]],
  );
});

test('a machine that goes down is not looked at again', async () => {
  const { taken, inventorySelf } = looks(2, 0);
  await using master = await setting(inventorySelf);
  const own = master.start();
  own.shutdown();
  await own.settled();
  assert.equal(taken.count, 1);
});
