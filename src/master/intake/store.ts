import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, type Receipt } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { visibleTexts } from '../../domain/values/visible-text.ts';
import { removePath } from '../../platform/files/directories.ts';
import { fileSystemSpace } from '../../platform/files/files.ts';
import type { HashedFile } from '../../platform/files/hashed-files.ts';
import type { Log } from '../../platform/log.ts';
import { scanRevisions } from '../../records/read-revisions.ts';
import type { Identity } from '../../records/record-facts.ts';
import { RECORD_FILE, type StoredRevision } from '../../records/revisions.ts';
import { captureBound } from '../../seal/largest-tarball.ts';
import { SPOOL_MEMORY_BYTES } from '../../seal/spool-memory.ts';
import { limitedTo, ofSaidHash, soundGzip } from '../http/incoming-body.ts';
import type { Arrived, StampedVisit } from './commit.ts';
import type { Duplicate } from './duplicates.ts';
import { openIncoming, type Upload, type UploadLimits } from './incoming-files.ts';
import { type RecordUpload, recordWriter } from './put-record.ts';
import type { MediumSpace } from './space/room.ts';
import { type SpaceBook, spaceBook } from './space/space-book.ts';
import type { BesideRecords } from './space/space-counts.ts';
import { lineCounter } from './space/stored-bounds.ts';
import { storedCounter } from './stored-counter.ts';
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
  /** of the medium; that of the directory when missing */
  space?: () => Promise<MediumSpace>;
  /** what beside the records goes into the next tarball; nothing when missing */
  beside?: () => Promise<BesideRecords>;
  /** the visit that all that comes is of, and what is stored of it already; without one, all that lies in the directory is taken over */
  visit?: StampedVisit & { own: readonly StoredRevision[]; ownAmong(found: readonly StoredRevision[]): Promise<StoredRevision[]> };
}

/** Records and captures on the data partition. Every method throws ReconErrors that an HTTP client can be told. */
export interface Store {
  putCapture(upload: Upload): Promise<HashedFile>;
  /** the receipt is given only after everything lies on the medium and was read back */
  putRecord(upload: RecordUpload): Promise<Receipt>;
  /** newest revision of each machine */
  latest(): StoredRevision[];
  /**
   * Goes on, on a medium that was away or that took nothing: what was not whole is forgotten, and what is there counts, whatever was known before.
   * Gives the revisions with a receipt that are not there any more as they were stored, which count as never received.
   */
  resume(): Promise<StoredRevision[]>;
  /** how much room there is, and for what it is kept */
  book: SpaceBook;
  /** the newest revision of the machine that has this network port, when it was given a receipt */
  acknowledged(mac: MacAddress): StoredRevision | undefined;
  /** those with a receipt that may be of the machine behind this port; only the machine's own words tell which */
  candidates(mac: MacAddress): StoredRevision[];
  recordOf(mac: MacAddress): Promise<NodeRecord | undefined>;
  /** what the newest record calls the machine */
  identityOf(mac: MacAddress): Identity | undefined;
  /** other machines whose newest record has a key of this one's */
  duplicatesOf(mac: MacAddress): readonly Duplicate[];
  /** ends what it does beside the work; afterwards it reads nothing of its own accord */
  close(): Promise<void>;
}

/** Opens the store and takes over what an earlier run of the same visit left; half uploads are removed. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { directory, storage, freeFloorBytes: floorBytes, beside = nothingBeside, log } = options;
  const space = options.space ?? (async () => ({ ...(await fileSystemSpace(directory)), isRam: storage === 'ram' }));
  const waiting = waitingCaptures();
  const book = spaceBook({ space, beside, spoolMemoryBytes: SPOOL_MEMORY_BYTES, floorBytes });
  const incoming = await openIncoming({ directory, book, makeRoom: waiting.makeRoom });
  const revisions = storedRevisions(options.visit?.own ?? (await scanRevisions(directory, log)));
  const counter = storedCounter(revisions, book);
  await counter.start();
  // a receipt of a run that ended just before it could be given may not be on the medium yet; one with trouble takes nothing before it was synced
  await options.sync().catch((error: unknown) => {
    if (!(error instanceof ReconError && error.code === 'medium-failed')) throw error;
  });
  return {
    putCapture: async (upload) => {
      const lines = lineCounter();
      // the hash first: a damaged capture is sent again, one that was never sound is left out
      const whole = ofSaidHash(upload.sha256, limitedTo(LIMITS.captureBytes, upload.chunks));
      const chunks = soundGzip(LIMITS.captureUnpackedBytes, whole, lines.look);
      const arrived = await incoming.receive({ ...upload, chunks }, CAPTURE);
      await requireRoom(arrived, captureBound(arrived.sizeBytes, lines.lines));
      await waiting.add(upload.mac, arrived);
      return { sha256: arrived.sha256, sizeBytes: arrived.sizeBytes };
    },
    putRecord: recordWriter({ settings: options, incoming, waiting, revisions, book }),
    book,
    resume: async () => {
      await incoming.empty();
      waiting.forget();
      const found = await scanRevisions(directory, log);
      const lost = revisions.become((await options.visit?.ownAmong(found)) ?? found);
      book.forget();
      await counter.start();
      return lost;
    },
    latest: revisions.latest,
    acknowledged: revisions.acknowledged,
    candidates: revisions.candidates,
    identityOf: (mac) => revisions.latestOf(mac)?.facts.identity,
    duplicatesOf: revisions.duplicatesOf,
    close: counter.stop,
    recordOf: async (mac) => {
      const newest = revisions.latestOf(mac);
      if (newest === undefined) return undefined;
      return NodeRecord.parse(visibleTexts(JSON.parse(await readFile(join(newest.directory, RECORD_FILE), 'utf8'))));
    },
  };
}

const CAPTURE: UploadLimits = { kind: 'capture', limitBytes: LIMITS.captureBytes, boundOf: (sizeBytes) => captureBound(sizeBytes, 0) };

const nothingBeside = async (): Promise<BesideRecords> => ({ ledgerBytes: 0, partialBytes: 0, missingCount: 0, ledgerGrowthBytes: 0 });

/** A capture whose files do not fit into the tarball is not kept. */
async function requireRoom(arrived: Arrived, bound: Parameters<Arrived['booking']['measured']>[0]): Promise<void> {
  try {
    await arrived.booking.measured(bound);
  } catch (error) {
    await removePath(arrived.path).catch(() => {});
    throw error;
  }
}
