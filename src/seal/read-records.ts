import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeRecord } from '../domain/record/node-record.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { type MachineFacts, machineFacts } from '../judge/judge-fleet.ts';
import type { Spool } from '../platform/files/spool.ts';
import { recordOrder } from '../records/record-order.ts';
import { RECORD_FILE } from '../records/revisions.ts';
import { type ReportParts, reportParts } from '../report/fleet/report-machine.ts';
import { type MachineRow, machineRow } from '../report/machine-row.ts';
import { type DetailsDraft, draftDetails } from '../report/page/details/machine-details.ts';
import { type KeptDetails, keptDetails } from './kept-details.ts';
import { type KeptRecords, keptRecords } from './kept-records.ts';
import type { SealedRevision } from './sealed-revision.ts';
import { type RecordText, textOfRecord } from './text-of-record.ts';

/** What one look at each record leaves: some kilobytes of it in memory, and its texts in the spool. */
export interface ReadRecords {
  /** the revisions whose record makes sense; all lists are in their order */
  readable: SealedRevision[];
  rows: MachineRow[];
  facts: MachineFacts[];
  /** by address */
  parts: Map<string, ReportParts>;
  details: KeptDetails;
  /** of the readable revisions, and then what is added behind them */
  records: KeptRecords;
  /** what cannot be read, and why */
  notes: string[];
}

/** Reads and checks each record once. */
export async function readRecords(revisions: readonly SealedRevision[], spool: Spool): Promise<ReadRecords> {
  const read: ReadRecords = {
    ...{ readable: [], rows: [], facts: [], parts: new Map(), notes: [] },
    ...{ details: keptDetails(spool), records: keptRecords(spool) },
  };
  for await (const { revision, bytes } of recordsAhead(revisions)) {
    const found = partsOf(revision, bytes);
    if ('fault' in found) read.notes.push(`${revision.directory}: the record cannot be read: ${found.fault}`);
    else await keepRecord(read, revision, found);
  }
  return read;
}

/** Adds records that are listed as nothing of their own; they were checked when they were stored. @throws what reading them throws */
export async function addEarlier(records: KeptRecords, earlier: readonly SealedRevision[]): Promise<void> {
  for (const { directory } of earlier) {
    await records.add(textOfRecord(await readFile(join(directory, RECORD_FILE), 'utf8')));
  }
}

/** What is taken from a record while it is in memory. */
interface RecordParts {
  text: RecordText;
  row: MachineRow;
  facts: MachineFacts;
  parts: ReportParts;
  draft: DetailsDraft;
}

interface ReadRevision {
  revision: SealedRevision;
  bytes: Buffer | { fault: string };
}

/** While a record is looked at, the next one is read. */
async function* recordsAhead(revisions: readonly SealedRevision[]): AsyncGenerator<ReadRevision> {
  const read = async (revision: SealedRevision): Promise<ReadRevision> => {
    const bytes = await readFile(join(revision.directory, RECORD_FILE)).catch((error: unknown) => ({ fault: messageOf(error) }));
    return { revision, bytes };
  };
  let coming: Promise<ReadRevision> | undefined;
  for (const revision of revisions) {
    const before = coming;
    coming = read(revision);
    if (before !== undefined) yield await before;
  }
  if (coming !== undefined) yield await coming;
}

function partsOf(
  { mac, revision, recordSha256, receipt }: SealedRevision,
  bytes: Buffer | { fault: string },
): RecordParts | { fault: string } {
  if ('fault' in bytes) return bytes;
  try {
    const text = textOfRecord(bytes.toString('utf8'));
    // the bytes that were checked when they were stored, or found, need no second look: it would take as long as all else that is done with them
    const record = hash('sha256', bytes) === recordSha256 ? (text.value as NodeRecord) : NodeRecord.parse(text.value);
    const row = machineRow(mac, revision, record);
    const facts = machineFacts(mac, recordOrder(receipt), record, definedOnly({ unleased: receipt?.unleased }));
    // the tables of the page keep the order of the record as it came
    return { text, row, facts, parts: reportParts(record), draft: draftDetails(row, text.value as NodeRecord) };
  } catch (error) {
    return { fault: messageOf(error) };
  }
}

async function keepRecord(read: ReadRecords, revision: SealedRevision, { text, row, facts, parts, draft }: RecordParts): Promise<void> {
  read.readable.push(revision);
  read.rows.push(row);
  read.facts.push(facts);
  read.parts.set(revision.mac, parts);
  await read.details.add(revision.mac, draft);
  await read.records.add(text);
}
