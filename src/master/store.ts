import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS, type Receipt } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { type MacAddress, macWithHyphens } from '../domain/mac.ts';
import { NodeRecord } from '../domain/node-record.ts';
import { makeDirectory, removePath } from '../platform/directories.ts';
import { errorCode, freeBytes } from '../platform/files.ts';
import { type HashedFile, writeHashed } from '../platform/hashed-files.ts';
import type { Log } from '../platform/log.ts';
import { type Arrived, commitRevision, completeReceipt } from './commit.ts';
import { type Identity, identityOf } from './identity.ts';
import { jsonDepth, limitedTo, soundGzip } from './incoming-body.ts';
import { RECORD_FILE, type StoredRevision, scanRevisions } from './revisions.ts';

/** Uploads are refused while less than this is free: the tarball and the ledger need room too. */
const FREE_FLOOR_BYTES = 8 * 1024 * 1024;
const MAX_JSON_DEPTH = 64;
/** captures of one machine that wait for their record */
const MAX_WAITING_CAPTURES = 2;

export interface StoreOptions {
  directory: string;
  storage: Receipt['storage'];
  log: Log;
  /** the ledger's sequence, for receipts */
  sequence: () => number;
  freeFloorBytes?: number;
}

export interface Upload {
  mac: MacAddress;
  chunks: AsyncIterable<Uint8Array>;
  /** from the Content-Length header */
  lengthBytes: number | undefined;
  /** what the sender says; checked when given */
  sha256: string | undefined;
}

/** Records and captures on the data partition. Every method throws ReconErrors that an HTTP client can be told. */
export interface Store {
  putCapture(upload: Upload): Promise<HashedFile>;
  /** the receipt is given only after everything lies on the medium and was read back */
  putRecord(upload: Upload & { captureSha256: string | undefined }): Promise<Receipt>;
  /** newest revision of each machine */
  latest(): StoredRevision[];
  recordOf(mac: MacAddress): Promise<NodeRecord | undefined>;
  /** what the newest record calls the machine */
  identityOf(mac: MacAddress): Identity;
}

/** Opens the store and takes over what an earlier run left; half uploads are removed. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const incoming = join(options.directory, 'incoming');
  await removePath(incoming);
  await makeDirectory(incoming);
  const revisions = new Map<MacAddress, StoredRevision[]>();
  for (const revision of await scanRevisions(options.directory, options.log)) {
    revisions.set(revision.mac, [...(revisions.get(revision.mac) ?? []), revision]);
  }
  const waitingCaptures = new Map<MacAddress, Arrived[]>();
  const locks = new Map<MacAddress, Promise<unknown>>();
  let reservedBytes = 0;

  const receive = async (upload: Upload, limitBytes: number, chunks: AsyncIterable<Uint8Array>): Promise<Arrived> => {
    if ((upload.lengthBytes ?? 0) > limitBytes) throw new ReconError('body-too-large', `the body is larger than ${limitBytes} bytes`);
    const needBytes = upload.lengthBytes ?? limitBytes;
    await requireSpace(options, reservedBytes + needBytes);
    reservedBytes += needBytes;
    const path = join(incoming, `${macWithHyphens(upload.mac)}-${randomBytes(6).toString('hex')}.part`);
    try {
      const file = await writeHashed(path, limitedTo(limitBytes, chunks));
      if (upload.sha256 !== undefined && upload.sha256 !== file.sha256) {
        throw new ReconError('hash-mismatch', `the body has sha256 ${file.sha256}, the header says ${upload.sha256}`, {
          hint: 'Send it again; the transfer may have been cut short.',
        });
      }
      return { path, ...file };
    } catch (error) {
      await removePath(path);
      throw asDiskFull(error);
    } finally {
      reservedBytes -= needBytes;
    }
  };
  const latestOf = (mac: MacAddress): StoredRevision | undefined => revisions.get(mac)?.at(-1);

  return {
    putCapture: async (upload) => {
      const arrived = await receive(upload, LIMITS.captureBytes, soundGzip(LIMITS.captureUnpackedBytes, upload.chunks));
      const waiting = [...(waitingCaptures.get(upload.mac) ?? []), arrived];
      for (const old of waiting.splice(0, waiting.length - MAX_WAITING_CAPTURES)) await removePath(old.path);
      waitingCaptures.set(upload.mac, waiting);
      return { sha256: arrived.sha256, sizeBytes: arrived.sizeBytes };
    },
    putRecord: async (upload) => {
      const record = await receive(upload, LIMITS.recordBytes, upload.chunks);
      try {
        const identity = identityOf(requireRecord(await readFile(record.path, 'utf8')));
        return await inTurn(locks, upload.mac, async () => {
          const known = revisions.get(upload.mac) ?? [];
          const waiting = waitingCaptures.get(upload.mac) ?? [];
          let stored = known.find((one) => one.recordSha256 === record.sha256 && one.captureSha256 === upload.captureSha256);
          if (stored === undefined) {
            const capture = waiting.find(({ sha256 }) => sha256 === upload.captureSha256);
            if (upload.captureSha256 !== undefined && capture === undefined) throw attachmentMissing(upload.captureSha256);
            stored = await commitRevision(options, upload.mac, (known.at(-1)?.revision ?? 0) + 1, record, capture, identity);
          }
          waitingCaptures.delete(upload.mac);
          for (const { path } of waiting) await removePath(path);
          const receipt = await completeReceipt(options, stored);
          if (!known.includes(stored)) revisions.set(upload.mac, [...known, stored]);
          return receipt;
        });
      } catch (error) {
        throw asDiskFull(error);
      } finally {
        await removePath(record.path);
      }
    },
    latest: () => [...revisions.values()].flatMap((list) => list.at(-1) ?? []),
    identityOf: (mac) => latestOf(mac)?.identity ?? {},
    recordOf: async (mac) => {
      const newest = latestOf(mac);
      return newest === undefined ? undefined : NodeRecord.parse(JSON.parse(await readFile(join(newest.directory, RECORD_FILE), 'utf8')));
    },
  };
}

async function requireSpace({ directory, freeFloorBytes = FREE_FLOOR_BYTES }: StoreOptions, needBytes: number): Promise<void> {
  const free = await freeBytes(directory);
  if (free - needBytes < freeFloorBytes) {
    throw new ReconError('disk-full', `the master's data directory has ${free} bytes free, which is not enough for ${needBytes} more`, {
      hint: 'The machine keeps its record and tries again. Copy the tarball off the stick and remove old ones.',
    });
  }
}

/** @throws ReconError `body-malformed` */
function requireRecord(text: string): NodeRecord {
  if (jsonDepth(text) > MAX_JSON_DEPTH) throw new ReconError('body-malformed', `the record is nested deeper than ${MAX_JSON_DEPTH} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ReconError('body-malformed', 'the record is not JSON', { cause });
  }
  const result = NodeRecord.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ReconError('body-malformed', `the record is not a node record: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function attachmentMissing(sha256: string): ReconError {
  return new ReconError('attachment-missing', `no capture with sha256 ${sha256} was uploaded for this machine`, {
    hint: 'Upload the capture first, then the record.',
  });
}

function asDiskFull(error: unknown): unknown {
  if (!['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '')) return error;
  return new ReconError('disk-full', "the master's data directory is full", { cause: error });
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
