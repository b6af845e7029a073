import { join } from 'node:path';
import type { Receipt } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { atMost } from '../../domain/values/at-most.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { VisitStart } from '../../domain/visit/visit-start.ts';
import { makeNewDirectory, removePath } from '../../platform/files/directories.ts';
import { errorCode } from '../../platform/files/files.ts';
import { type HashedFile, hashFile, hashOnMedium, writeHashed } from '../../platform/files/hashed-files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import type { RecordFacts } from '../../records/record-facts.ts';
import { CAPTURE_FILE, RECEIPT_FILE, RECORD_FILE, receiptText, revisionDirectory, type StoredRevision } from '../../records/revisions.ts';
import type { Booking } from './space/space-book.ts';

/** A whole upload in a temporary file, and the place that is kept for it. */
export type Arrived = HashedFile & {
  path: string;
  booking: Booking;
  /** gives what is in the file, where it was little enough to be kept, and forgets it */
  takeBytes?: () => Buffer | undefined;
};

/** What each receipt says of its visit, and by which clock. */
export interface StampedVisit {
  start: VisitStart;
  now: () => Date;
}

export interface CommitSettings {
  directory: string;
  storage: Receipt['storage'];
  sequence: () => number;
  /** resolves when all that was written before the call is on the medium; calls at the same time share one */
  sync: () => Promise<void>;
  visit?: StampedVisit;
}

/** Each reads in one of Node's four threads for files, and the root image needs the others. */
const readBacks = atMost(2);

/** Moves a record and its capture to their places. They count only when {@link completeReceipt} has given a receipt. */
export async function commitRevision(
  { directory: root, visit }: CommitSettings,
  mac: MacAddress,
  firstRevision: number,
  { record, capture, facts }: { record: Arrived; capture: Arrived | undefined; facts: RecordFacts },
): Promise<StoredRevision> {
  let revision = firstRevision;
  // A directory that the scan did not take for a revision has a receipt and damaged files: leave it alone.
  while (!(await makeNewDirectory(revisionDirectory(root, mac, revision)))) revision += 1;
  const directory = revisionDirectory(root, mac, revision);
  try {
    if (capture !== undefined) await movePath(capture.path, join(directory, CAPTURE_FILE));
    await movePath(record.path, join(directory, RECORD_FILE));
  } catch (error) {
    await removePath(directory).catch(() => {});
    throw error;
  }
  const hashes = { recordSha256: record.sha256, captureSha256: capture?.sha256 };
  return { mac, revision, directory, ...hashes, receipt: undefined, facts, ...definedOnly({ visitId: visit?.start.id }) };
}

/**
 * Gives the receipt of a stored revision. The first time each step is on the medium before the next: the content, which is read back, then
 * the receipt, which may be given away only then.
 * @throws ReconError `verify-failed` when the medium gave back something else than was written
 */
export async function completeReceipt(
  { storage, sequence, sync, visit }: CommitSettings,
  stored: StoredRevision,
  more: Pick<Receipt, 'cameBy' | 'unleased'> = {},
): Promise<Receipt> {
  if (stored.receipt !== undefined) return stored.receipt;
  const { directory, recordSha256, captureSha256, revision } = stored;
  await sync();
  await readBack(join(directory, RECORD_FILE), recordSha256, storage);
  if (captureSha256 !== undefined) await readBack(join(directory, CAPTURE_FILE), captureSha256, storage);
  const stamp = definedOnly({ captureSha256, visit: visit?.start, storedAt: visit?.now().toISOString() });
  const receipt: Receipt = { recordSha256, revision, storage, masterSequence: sequence(), ...stamp, ...more };
  await writeReceipt(join(directory, RECEIPT_FILE), receipt);
  await sync();
  stored.receipt = receipt;
  return receipt;
}

async function writeReceipt(path: string, receipt: Receipt): Promise<void> {
  const write = (): Promise<HashedFile> => writeHashed(path, [Buffer.from(receiptText(receipt))]);
  await write().catch(async (error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
    // one that is damaged, or that was not given away because a sync failed
    await removePath(path);
    await write();
  });
}

async function readBack(path: string, sha256: string, storage: Receipt['storage']): Promise<void> {
  const found = await readBacks(() => (storage === 'stick' ? hashOnMedium(path) : hashFile(path)));
  if (found.sha256 !== sha256) {
    throw new ReconError('verify-failed', `${path}: read back with sha256 ${found.sha256}, written with ${sha256}`, {
      hint: 'The stick may be failing. Use another one.',
    });
  }
}
