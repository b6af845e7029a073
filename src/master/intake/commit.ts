import { join } from 'node:path';
import type { Receipt } from '../../domain/api.ts';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, renameDurably, syncPath, writeAtomic } from '../../platform/files/files.ts';
import { type HashedFile, hashFile, hashOnMedium } from '../../platform/files/hashed-files.ts';
import type { RecordFacts } from '../../records/record-facts.ts';
import {
  CAPTURE_FILE,
  machineDirectory,
  RECEIPT_FILE,
  RECORD_FILE,
  revisionDirectory,
  type StoredRevision,
} from '../../records/revisions.ts';

/** A whole upload in a temporary file. */
export type Arrived = HashedFile & { path: string };

export interface CommitSettings {
  directory: string;
  storage: Receipt['storage'];
  sequence: () => number;
}

/** Moves a record and its capture to their places so that they survive a yanked stick. The receipt is not written yet. */
export async function commitRevision(
  { directory: root }: CommitSettings,
  mac: MacAddress,
  firstRevision: number,
  record: Arrived,
  capture: Arrived | undefined,
  facts: RecordFacts,
): Promise<StoredRevision> {
  let revision = firstRevision;
  // A directory that the scan did not take for a revision has a receipt and damaged files: leave it alone.
  while (await exists(revisionDirectory(root, mac, revision))) revision += 1;
  const directory = revisionDirectory(root, mac, revision);
  try {
    await makeDirectory(directory);
    await syncPath(join(root, 'records'));
    await syncPath(machineDirectory(root, mac));
    if (capture !== undefined) await renameDurably(capture.path, join(directory, CAPTURE_FILE));
    await renameDurably(record.path, join(directory, RECORD_FILE));
  } catch (error) {
    await removePath(directory).catch(() => {});
    throw error;
  }
  return { mac, revision, directory, recordSha256: record.sha256, captureSha256: capture?.sha256, receipt: undefined, facts };
}

/**
 * Gives the receipt of a stored revision; the first time, after reading everything back from the medium.
 * @throws ReconError `verify-failed` when the medium gave back something else than was written
 */
export async function completeReceipt({ storage, sequence }: CommitSettings, stored: StoredRevision): Promise<Receipt> {
  if (stored.receipt !== undefined) return stored.receipt;
  const { directory, recordSha256, captureSha256, revision } = stored;
  await readBack(join(directory, RECORD_FILE), recordSha256, storage);
  if (captureSha256 !== undefined) await readBack(join(directory, CAPTURE_FILE), captureSha256, storage);
  const receipt: Receipt = {
    recordSha256,
    ...definedOnly({ captureSha256 }),
    revision,
    storage,
    masterSequence: sequence(),
  };
  const temporary = join(directory, `.${RECEIPT_FILE}`);
  await writeAtomic(temporary, `${JSON.stringify(receipt)}\n`);
  await renameDurably(temporary, join(directory, RECEIPT_FILE));
  stored.receipt = receipt;
  return receipt;
}

async function readBack(path: string, sha256: string, storage: Receipt['storage']): Promise<void> {
  const found = storage === 'stick' ? await hashOnMedium(path) : await hashFile(path);
  if (found.sha256 !== sha256) {
    throw new ReconError('verify-failed', `${path}: read back with sha256 ${found.sha256}, written with ${sha256}`, {
      hint: 'The stick may be failing. Use another one.',
    });
  }
}
