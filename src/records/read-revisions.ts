import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MacAddress, parseMac } from '../domain/values/mac.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { errorCode, exists } from '../platform/files/files.ts';
import { hashFile } from '../platform/files/hashed-files.ts';
import type { Log } from '../platform/log.ts';
import { recordFacts } from './record-facts.ts';
import { CAPTURE_FILE, parseReceipt, parseRecord, RECEIPT_FILE, RECORD_FILE, type StoredRevision, startsAsReceipt } from './revisions.ts';

/** What lies below records/. */
export interface ReadRevisions {
  /** in the order of the addresses and revisions */
  revisions: StoredRevision[];
  /** directories of uploads that were interrupted */
  halves: string[];
  /** what the medium has damaged, each in a sentence */
  damaged: string[];
  /** what has not the name of a machine */
  unnamed: string[];
}

/**
 * Finds what an earlier run left below `root`, and removes uploads that were interrupted; what is damaged stays as it is. Never throws: on a medium
 * that is full or takes no writes it finds what is there.
 */
export async function scanRevisions(root: string, log: Log): Promise<StoredRevision[]> {
  await makeDirectory(join(root, 'records')).catch((error: unknown) => log.warn(messageOf(error)));
  const { revisions, halves, damaged } = await readRevisions(root);
  for (const sentence of damaged) log.warn(`${sentence}; the medium may be failing. The files are left alone.`);
  for (const half of halves) {
    const trouble = await removePath(half).then(() => undefined, messageOf);
    if (trouble === undefined) log.info(`${half}: removed, its upload was interrupted`);
    else log.warn(`${half} cannot be removed: ${trouble}`);
  }
  return revisions;
}

/** Reads what lies below `root`, and changes nothing. A directory that cannot be read takes none of the others along. */
export async function readRevisions(root: string): Promise<ReadRevisions> {
  const found: ReadRevisions = { revisions: [], halves: [], damaged: [], unnamed: [] };
  for (const machine of await namesOf(join(root, 'records'), found)) {
    const mac = parseMac(machine);
    if (mac === undefined) {
      found.unnamed.push(join(root, 'records', machine));
      continue;
    }
    for (const name of await namesOf(join(root, 'records', machine), found))
      if (/^\d{4,}$/.test(name)) await readRevision(mac, Number(name), join(root, 'records', machine, name), found);
  }
  return found;
}

async function namesOf(directory: string, { damaged }: ReadRevisions): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    // a full stick has no room even for an empty directory
    if (errorCode(error) !== 'ENOENT') damaged.push(`${directory} cannot be read: ${messageOf(error)}`);
    return [];
  }
}

async function readRevision(mac: MacAddress, revision: number, directory: string, found: ReadRevisions): Promise<void> {
  const [receiptBytes, bytes] = [await readBytes(join(directory, RECEIPT_FILE)), await readBytes(join(directory, RECORD_FILE))];
  const isUnreadable = receiptBytes === 'unreadable' || bytes === 'unreadable';
  const receipt = receiptBytes === 'unreadable' ? undefined : parseReceipt(receiptBytes);
  const record = bytes === 'unreadable' ? undefined : parseRecord(bytes);
  if (record === undefined && !isUnreadable && !startsAsReceipt(receiptBytes)) {
    found.halves.push(directory);
    return;
  }
  const recordSha256 = bytes === 'unreadable' || bytes === undefined ? '' : createHash('sha256').update(bytes).digest('hex');
  if (record === undefined || (receipt !== undefined && receipt.recordSha256 !== recordSha256)) {
    found.damaged.push(`${directory}: the record is not what its receipt says`);
    return;
  }
  const stored = { mac, revision, directory, recordSha256, facts: recordFacts(record) };
  if (receipt !== undefined) {
    found.revisions.push({ ...stored, captureSha256: receipt.captureSha256, receipt });
    return;
  }
  const capture = join(directory, CAPTURE_FILE);
  try {
    const captureSha256 = (await exists(capture)) ? (await hashFile(capture)).sha256 : undefined;
    found.revisions.push({ ...stored, captureSha256, receipt: undefined });
  } catch (error) {
    found.damaged.push(`${capture} cannot be read: ${messageOf(error)}`);
  }
}

/** Undefined when there is no such file. */
async function readBytes(path: string): Promise<Buffer | 'unreadable' | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '') ? undefined : 'unreadable';
  }
}
