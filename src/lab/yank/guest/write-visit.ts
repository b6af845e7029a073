import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { openStore, type Store } from '../../../master/intake/store.ts';
import { type Ledger, openLedger } from '../../../master/ledger/ledger.ts';
import { type Sealing, startSealing } from '../../../master/seal/sealing.ts';
import type { Log } from '../../../platform/log.ts';
import { sealTarball } from '../../../seal/seal-tarball.ts';
import { openDataStorage } from '../../../service/stick/data-storage.ts';
import { generatedUpload } from './generated-upload.ts';
import { guestVisit } from './guest-visit.ts';
import type { Mark } from './marks.ts';
import { seededNumbers } from './seeded-numbers.ts';
import { partUuidOf, type VisitTask } from './task.ts';

/** A machine of this many sends a second record; as many break off an upload before. */
const EVERY = { again: 6, brokenOff: 5 } as const;
const NEVER_MS = 2 ** 30;

/**
 * A visit with the master's own store, ledger and seal on the stick `/dev/<disk>`. Each promise is marked after it was given, and before
 * anything else is done with it.
 */
export async function writeVisit(task: VisitTask, disk: string, mark: (mark: Mark) => Promise<void>, log: Log): Promise<void> {
  const data = await openDataStorage({ bootDevice: `/dev/${disk}1`, partUuid: partUuidOf(1), anyTransport: true }, log);
  if (data.storage !== 'stick') throw new Error(`the stick cannot be used: ${data.reason}`);
  const ledgerPath = join(data.directory, 'ledger.jsonl');
  const ledger = await openLedger({ path: ledgerPath, now: () => new Date(), onFault: log.warn });
  const { directory, storage } = data;
  const sync = task.isUnsynced ? async (): Promise<void> => {} : data.sync;
  const visit = await guestVisit({ directory, sync }, 'visit', log);
  const store = await openStore({ directory, storage, log, sequence: () => ledger.sequence, sync, visit });
  const sealing = startSealing({
    quietMs: NEVER_MS,
    build: async (replaces) => {
      await ledger.sync();
      const input = { directory, sync, site: 'yank', imageVersion: '1', now: new Date(), missing: [], ledgerPath };
      return sealTarball({ ...input, revisions: store.latest(), replaces, visit: visit.start, ofVisit: visit });
    },
    onSealed: () => {},
    onFailed: (error) => log.warn(`sealing: ${String(error)}`),
  });
  await uploadAll(task, { store, ledger, sealing, mark });
  for (let times = 0; times < task.sealsAfter; times += 1) await markSealed(sealing, mark);
  await store.close();
  await ledger.close();
  const trouble = await data.close();
  if (trouble !== undefined) throw new Error(trouble);
}

interface Room {
  store: Store;
  ledger: Ledger;
  sealing: Sealing;
  mark: (mark: Mark) => Promise<void>;
}

async function uploadAll({ seed, machines, together, sealEvery }: VisitTask, room: Room): Promise<void> {
  let next = 1;
  let unsealed = 0;
  let sealed: Promise<void> | undefined;
  const line = async (): Promise<void> => {
    while (next <= machines) {
      const machine = next++;
      for (let revision = 1; revision <= (machine % EVERY.again === 0 ? 2 : 1); revision += 1) {
        if (machine % EVERY.brokenOff === 0) await breakOff(room, seed, machine);
        await uploadOne(room, seed, machine, revision);
        unsealed += 1;
        if (unsealed < sealEvery || sealed !== undefined) continue;
        unsealed = 0;
        sealed = markSealed(room.sealing, room.mark).finally(() => (sealed = undefined));
      }
    }
  };
  await Promise.all(Array.from({ length: together }, line));
  await sealed;
}

async function markSealed(sealing: Sealing, mark: Room['mark']): Promise<void> {
  const { name, sha256 } = await sealing.seal();
  await mark({ kind: 'sealed', name, sha256 });
}

/** Capture, record, ledger and receipt in the order of the master's routes. */
async function uploadOne({ store, ledger, mark }: Room, seed: string, machine: number, revision: number): Promise<void> {
  const { mac, record, capture } = generatedUpload(seed, machine, revision);
  ledger.add({ mac, stage: 'collect', detail: `machine ${machine}` });
  await store.putCapture({ mac, chunks: chunksOf(capture), lengthBytes: capture.length, sha256: sha256Of(capture) });
  const receipt = await store.putRecord({
    ...{ mac, chunks: chunksOf(record), lengthBytes: record.length, sha256: sha256Of(record) },
    captureSha256: sha256Of(capture),
  });
  ledger.add({ mac, stage: 'receipt', detail: `revision ${receipt.revision}` });
  await ledger.flush();
  const { recordSha256, captureSha256 } = receipt;
  await mark({ kind: 'receipt', mac, revision: receipt.revision, recordSha256, ...definedOnly({ captureSha256 }) });
}

/** A cable is pulled in the middle of a capture, and what came is removed. */
async function breakOff({ store }: Room, seed: string, machine: number): Promise<void> {
  const { mac, capture } = generatedUpload(seed, machine, 0);
  const half = 1 + seededNumbers(seed, 'cut', machine).below(capture.length - 1);
  const chunks = (async function* () {
    yield* chunksOf(capture.subarray(0, half));
    throw new Error('the cable was pulled');
  })();
  await store.putCapture({ mac, chunks, lengthBytes: capture.length, sha256: sha256Of(capture) }).catch(() => {});
}

async function* chunksOf(bytes: Buffer): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
