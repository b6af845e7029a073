import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, type Receipt } from '../../domain/api.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { HashedFile } from '../../platform/files/hashed-files.ts';
import type { Log } from '../../platform/log.ts';
import { scanRevisions } from '../../records/read-revisions.ts';
import type { Identity } from '../../records/record-facts.ts';
import { RECORD_FILE, type StoredRevision } from '../../records/revisions.ts';
import { limitedTo, ofSaidHash, soundGzip } from '../http/incoming-body.ts';
import type { Duplicate } from './duplicates.ts';
import { openIncoming, type Upload } from './incoming-files.ts';
import { type RecordUpload, recordWriter } from './put-record.ts';
import { storedRevisions } from './stored-revisions.ts';
import { waitingCaptures } from './waiting-captures.ts';

export interface StoreOptions {
  directory: string;
  storage: Receipt['storage'];
  log: Log;
  /** the ledger's sequence, for receipts */
  sequence: () => number;
  /** resolves when all that was written before the call is on the medium; calls at the same time share one */
  sync: () => Promise<void>;
  freeFloorBytes?: number;
}

/** Records and captures on the data partition. Every method throws ReconErrors that an HTTP client can be told. */
export interface Store {
  putCapture(upload: Upload): Promise<HashedFile>;
  /** the receipt is given only after everything lies on the medium and was read back */
  putRecord(upload: RecordUpload): Promise<Receipt>;
  /** newest revision of each machine */
  latest(): StoredRevision[];
  /** the newest revision of the machine that has this network port, when it was given a receipt */
  acknowledged(mac: MacAddress): StoredRevision | undefined;
  recordOf(mac: MacAddress): Promise<NodeRecord | undefined>;
  /** what the newest record calls the machine */
  identityOf(mac: MacAddress): Identity | undefined;
  /** other machines whose newest record has a key of this one's */
  duplicatesOf(mac: MacAddress): readonly Duplicate[];
}

/** Opens the store and takes over what an earlier run left; half uploads are removed. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { directory, freeFloorBytes, log } = options;
  const waiting = waitingCaptures();
  const incoming = await openIncoming({ directory, freeFloorBytes, makeRoom: waiting.makeRoom });
  const revisions = storedRevisions(await scanRevisions(directory, log));
  // a receipt of a run that ended just before it could be given may not be on the medium yet
  await options.sync();
  return {
    putCapture: async (upload) => {
      // the hash first: a damaged capture is sent again, one that was never sound is left out
      const whole = ofSaidHash(upload.sha256, limitedTo(LIMITS.captureBytes, upload.chunks));
      const chunks = soundGzip(LIMITS.captureUnpackedBytes, whole);
      const arrived = await incoming.receive({ ...upload, chunks }, LIMITS.captureBytes);
      await waiting.add(upload.mac, arrived);
      return { sha256: arrived.sha256, sizeBytes: arrived.sizeBytes };
    },
    putRecord: recordWriter({ settings: options, incoming, waiting, revisions }),
    latest: revisions.latest,
    acknowledged: revisions.acknowledged,
    identityOf: (mac) => revisions.latestOf(mac)?.facts.identity,
    duplicatesOf: revisions.duplicatesOf,
    recordOf: async (mac) => {
      const newest = revisions.latestOf(mac);
      return newest === undefined ? undefined : NodeRecord.parse(JSON.parse(await readFile(join(newest.directory, RECORD_FILE), 'utf8')));
    },
  };
}
