import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, type Receipt } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { atMost } from '../../domain/values/at-most.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { removePath } from '../../platform/files/directories.ts';
import type { HashedFile } from '../../platform/files/hashed-files.ts';
import type { Log } from '../../platform/log.ts';
import { type Identity, type RecordFacts, recordFacts } from '../../records/record-facts.ts';
import { RECORD_FILE, type StoredRevision, scanRevisions } from '../../records/revisions.ts';
import { soundGzip } from '../http/incoming-body.ts';
import { type Arrived, commitRevision, completeReceipt } from './commit.ts';
import { type Duplicate, openDuplicates } from './duplicates.ts';
import { asDiskFull, openIncoming, type Upload } from './incoming-files.ts';
import { readRecord } from './read-record.ts';
import { waitingCaptures } from './waiting-captures.ts';

/**
 * Records that are brought to the medium at the same time. Each waits for the stick in one of Node's four threads for files, and
 * the root image needs the others.
 */
const WRITERS = 2;

export interface StoreOptions {
  directory: string;
  storage: Receipt['storage'];
  log: Log;
  /** the ledger's sequence, for receipts */
  sequence: () => number;
  freeFloorBytes?: number;
}

/** Records and captures on the data partition. Every method throws ReconErrors that an HTTP client can be told. */
export interface Store {
  putCapture(upload: Upload): Promise<HashedFile>;
  /** the receipt is given only after everything lies on the medium and was read back */
  putRecord(upload: Upload & { captureSha256: string | undefined }): Promise<Receipt>;
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
  const waiting = waitingCaptures();
  const { directory, freeFloorBytes } = options;
  const incoming = await openIncoming({ directory, freeFloorBytes, makeRoom: waiting.makeRoom });
  const revisions = new Map<MacAddress, StoredRevision[]>();
  const duplicates = openDuplicates();
  /** network port → the machine whose record names it */
  const portOwners = new Map<MacAddress, MacAddress>();
  const keep = (revision: StoredRevision): void => {
    revisions.set(revision.mac, [...(revisions.get(revision.mac) ?? []), revision]);
    duplicates.note(revision.mac, revision.facts.keys);
    for (const { kind, value } of revision.facts.keys) if (kind === 'nic') portOwners.set(value, revision.mac);
  };
  for (const revision of await scanRevisions(options.directory, options.log)) keep(revision);
  const locks = new Map<MacAddress, Promise<unknown>>();
  const writers = atMost(WRITERS);

  const commit = async (
    mac: MacAddress,
    record: Arrived,
    captureSha256: string | undefined,
    facts: RecordFacts,
  ): Promise<StoredRevision> => {
    const capture = captureSha256 === undefined ? undefined : waiting.take(mac, captureSha256);
    if (captureSha256 !== undefined && capture === undefined) throw attachmentMissing(captureSha256);
    try {
      return await commitRevision(options, mac, (latestOf(mac)?.revision ?? 0) + 1, record, capture, facts);
    } catch (error) {
      if (capture !== undefined) await waiting.add(mac, capture);
      throw error;
    }
  };
  const latestOf = (mac: MacAddress): StoredRevision | undefined => revisions.get(mac)?.at(-1);

  return {
    putCapture: async (upload) => {
      const arrived = await incoming.receive(
        { ...upload, chunks: soundGzip(LIMITS.captureUnpackedBytes, upload.chunks) },
        LIMITS.captureBytes,
      );
      await waiting.add(upload.mac, arrived);
      return { sha256: arrived.sha256, sizeBytes: arrived.sizeBytes };
    },
    putRecord: async (upload) => {
      const { mac, captureSha256 } = upload;
      const record = await incoming.receive(upload, LIMITS.recordBytes);
      try {
        const facts = recordFacts(await readRecord(record.path));
        const onMedium = (work: () => Promise<Receipt>): Promise<Receipt> => inTurn(locks, mac, () => writers(work));
        return await onMedium(async () => {
          const known = revisions.get(mac) ?? [];
          const stored =
            known.find((one) => one.recordSha256 === record.sha256 && one.captureSha256 === captureSha256) ??
            (await commit(mac, record, captureSha256, facts));
          await waiting.drop(mac);
          const receipt = await completeReceipt(options, stored);
          if (!known.includes(stored)) keep(stored);
          return receipt;
        });
      } catch (error) {
        throw asDiskFull(error);
      } finally {
        await removePath(record.path);
      }
    },
    latest: () => [...revisions.values()].flatMap((list) => list.at(-1) ?? []),
    acknowledged: (port) => {
      const own = latestOf(port);
      const found = own?.receipt === undefined ? latestOf(portOwners.get(port) ?? '') : own;
      const hasPort = found === own || found?.facts.keys.some(({ kind, value }) => kind === 'nic' && value === port);
      return hasPort && found?.receipt !== undefined ? found : undefined;
    },
    identityOf: (mac) => latestOf(mac)?.facts.identity,
    duplicatesOf: (mac) => duplicates.of(mac),
    recordOf: async (mac) => {
      const newest = latestOf(mac);
      return newest === undefined ? undefined : NodeRecord.parse(JSON.parse(await readFile(join(newest.directory, RECORD_FILE), 'utf8')));
    },
  };
}

function attachmentMissing(sha256: string): ReconError {
  return new ReconError('attachment-missing', `no capture with sha256 ${sha256} was uploaded for this machine`, {
    hint: 'Upload the capture first, then the record.',
  });
}

/** Runs work of one machine after earlier work of the same machine. */
async function inTurn<T>(locks: Map<MacAddress, Promise<unknown>>, mac: MacAddress, work: () => Promise<T>): Promise<T> {
  const mine = (locks.get(mac) ?? Promise.resolve()).then(work, work);
  locks.set(mac, mine);
  try {
    return await mine;
  } finally {
    if (locks.get(mac) === mine) locks.delete(mac);
  }
}
