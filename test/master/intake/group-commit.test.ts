import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Receipt } from '../../../src/domain/api.ts';
import { sharedRuns } from '../../../src/domain/values/shared-runs.ts';
import type { Store } from '../../../src/master/intake/store.ts';
import { namesIn } from '../../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { roomyStore } from './roomy-store.ts';

const MACHINES = 40;

/** A medium that takes everything in runs, each of which ends when all who are under way wait for it. */
function steeredMedium() {
  const medium = { runs: 0, asked: 0, answered: 0, fails: new Set<number>() };
  let waiting = Promise.withResolvers<void>();
  const shared = sharedRuns(async () => {
    medium.runs += 1;
    const run = medium.runs;
    await waiting.promise;
    waiting = Promise.withResolvers<void>();
    if (medium.fails.has(run)) throw Object.assign(new Error('EIO: i/o error, sync'), { code: 'EIO' });
  });
  const sync = async (): Promise<void> => {
    medium.asked += 1;
    try {
      await shared();
    } finally {
      medium.answered += 1;
    }
  };
  /** ends one run after the other, each when so many wait */
  const endRuns = async (underWay: () => number): Promise<void> => {
    while (underWay() > 0) {
      if (medium.asked - medium.answered >= underWay()) waiting.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { medium, sync, endRuns };
}

function macOf(machine: number): string {
  return `52:54:00:00:00:${machine.toString(16).padStart(2, '0')}`;
}

async function uploadOne(store: Store, machine: number): Promise<Receipt> {
  const mac = macOf(machine);
  const capture = captureOf({ 'raw/a.out': mac });
  const record = JSON.stringify(recordFor(mac));
  const upload = (bytes: string | Buffer) => ({ mac, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) });
  await store.putCapture(upload(capture));
  return store.putRecord({ ...upload(record), captureSha256: sha256Of(capture) });
}

/** So many machines at once, each told when the medium says so. */
async function uploadTogether(machines: readonly number[], { fails = [] as number[] } = {}) {
  const directory = await temporaryDirectory('recon-group-');
  let isOpen = false;
  const { medium, sync, endRuns } = steeredMedium();
  const store = await roomyStore(directory.path, { storage: 'stick', sync: async () => (isOpen ? sync() : undefined) });
  isOpen = true;
  for (const run of fails) medium.fails.add(run);
  const together = async (): Promise<PromiseSettledResult<Receipt>[]> => {
    let left = machines.length;
    const all = Promise.allSettled(machines.map((machine) => uploadOne(store, machine).finally(() => (left -= 1))));
    await endRuns(() => left);
    return all;
  };
  return { store, medium, together, directory: directory.path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it(`brings ${MACHINES} records that come together to the medium in four runs: one for the first, then content and receipts of all`, async () => {
  const machines = Array.from({ length: MACHINES }, (_, index) => index);
  await using room = await uploadTogether(machines);
  const answers = await room.together();
  assert.deepEqual(
    answers.map(({ status }) => status),
    machines.map(() => 'fulfilled'),
  );
  // the run of the first, that of the others and its receipt, that of their receipts
  assert.ok(room.medium.runs <= 4, `${room.medium.runs} runs`);
});

it('asks twice for one that comes alone, and waits for nobody else', async () => {
  await using room = await uploadTogether([1]);
  const [answer] = await room.together();
  assert.equal(answer?.status, 'fulfilled');
  assert.equal(room.medium.runs, 2);
});

it('gives no receipt to any of those whose run failed, and takes all of them when they come again', async () => {
  const machines = [1, 2, 3, 4, 5, 6];
  await using room = await uploadTogether(machines, { fails: [2] });
  const first = await room.together();
  const refused = machines.filter((_, index) => first[index]?.status === 'rejected');
  assert.ok(refused.length >= machines.length - 1, `only ${refused.length} of ${machines.length} waited for the second run`);
  for (const answer of first) if (answer.status === 'rejected') assert.match(String(answer.reason), /EIO/);
  for (const machine of refused) {
    assert.equal(room.store.acknowledged(macOf(machine)), undefined);
    assert.deepEqual(
      await namesIn(join(room.directory, 'records', macOf(machine).replaceAll(':', '-'))),
      [],
      'half of it would be stored twice',
    );
  }
  const again = await room.together();
  assert.deepEqual(
    again.map((answer) => answer.status === 'fulfilled' && answer.value.revision),
    machines.map(() => 1),
  );
});
