import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Receipt } from '../domain/api.ts';
import { NodeRecord } from '../domain/record/node-record.ts';
import { type MacAddress, macWithHyphens, parseMac } from '../domain/values/mac.ts';
import { makeDirectory, namesIn, removePath } from '../platform/files/directories.ts';
import { exists, readOrUndefined } from '../platform/files/files.ts';
import { hashFile } from '../platform/files/hashed-files.ts';
import type { Log } from '../platform/log.ts';
import { type RecordFacts, recordFacts } from './record-facts.ts';

/** One stored state of a machine. Without a receipt it is whole, but the machine was never told. */
export interface StoredRevision {
  mac: MacAddress;
  revision: number;
  /** holds record.json, receipt.json and, when there is one, capture.jsonl.gz */
  directory: string;
  recordSha256: string;
  captureSha256: string | undefined;
  receipt: Receipt | undefined;
  facts: RecordFacts;
}

export const RECORD_FILE = 'record.json';
export const CAPTURE_FILE = 'capture.jsonl.gz';
export const RECEIPT_FILE = 'receipt.json';

export const machineDirectory = (root: string, mac: MacAddress): string => join(root, 'records', macWithHyphens(mac));
export const revisionDirectory = (root: string, mac: MacAddress, revision: number): string =>
  join(machineDirectory(root, mac), String(revision).padStart(4, '0'));

/**
 * Finds what an earlier run left below `root`. A revision that was interrupted before its record was whole is removed; one
 * with a receipt is never removed, even when the medium has damaged it since.
 */
export async function scanRevisions(root: string, log: Log): Promise<StoredRevision[]> {
  const found: StoredRevision[] = [];
  await makeDirectory(join(root, 'records'));
  for (const machine of await namesIn(join(root, 'records'))) {
    const mac = parseMac(machine);
    if (mac === undefined) continue;
    for (const name of await namesIn(join(root, 'records', machine))) {
      if (!/^\d{4,}$/.test(name)) continue;
      const revision = await readRevision(mac, Number(name), join(root, 'records', machine, name), log);
      if (revision !== undefined) found.push(revision);
    }
  }
  return found;
}

async function readRevision(mac: MacAddress, revision: number, directory: string, log: Log): Promise<StoredRevision | undefined> {
  const receipt = parseReceipt(await readOrUndefined(join(directory, RECEIPT_FILE)));
  const bytes = await readOrUndefined(join(directory, RECORD_FILE));
  const recordSha256 = createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
  const record = parseRecord(bytes);
  if (receipt !== undefined) {
    if (record !== undefined && receipt.recordSha256 === recordSha256) {
      return { mac, revision, directory, recordSha256, captureSha256: receipt.captureSha256, receipt, facts: recordFacts(record) };
    }
    log.warn(`${directory}: the record is not what its receipt says; the medium may be failing. The files are left alone.`);
    return undefined;
  }
  if (record === undefined) {
    log.info(`${directory}: removed, its upload was interrupted`);
    await removePath(directory);
    return undefined;
  }
  const capture = join(directory, CAPTURE_FILE);
  const captureSha256 = (await exists(capture)) ? (await hashFile(capture)).sha256 : undefined;
  return { mac, revision, directory, recordSha256, captureSha256, receipt: undefined, facts: recordFacts(record) };
}

function parseRecord(bytes: Buffer | undefined): NodeRecord | undefined {
  try {
    return bytes === undefined ? undefined : NodeRecord.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function parseReceipt(bytes: Buffer | undefined): Receipt | undefined {
  try {
    return bytes === undefined ? undefined : Receipt.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}
