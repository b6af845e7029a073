import { join } from 'node:path';
import { Receipt } from '../domain/api.ts';
import { NodeRecord } from '../domain/record/node-record.ts';
import { type MacAddress, macWithHyphens } from '../domain/values/mac.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';
import type { RecordFacts } from './record-facts.ts';

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
  /** the visit that it is of, where that is known */
  visitId?: string;
}

export const RECORD_FILE = 'record.json';
export const CAPTURE_FILE = 'capture.jsonl.gz';
export const RECEIPT_FILE = 'receipt.json';
/** As {@link receiptText} writes it. */
const RECEIPT_START = '{"recordSha256":"';

export const revisionDirectory = (root: string, mac: MacAddress, revision: number): string =>
  join(root, 'records', macWithHyphens(mac), String(revision).padStart(4, '0'));

/** Whether this was written as a receipt, although the medium may have damaged it since; what else is there is half an upload. */
export function startsAsReceipt(bytes: Buffer | undefined): boolean {
  return bytes?.subarray(0, RECEIPT_START.length).toString('latin1') === RECEIPT_START;
}

/** The record in the content of a file, with visible texts; undefined when it is none. */
export function parseRecord(bytes: Buffer | undefined): NodeRecord | undefined {
  try {
    return bytes === undefined ? undefined : NodeRecord.safeParse(visibleTexts(JSON.parse(bytes.toString('utf8')))).data;
  } catch {
    return undefined;
  }
}

/** The receipt in the content of a file; undefined when it is none. */
export function parseReceipt(bytes: Buffer | undefined): Receipt | undefined {
  try {
    return bytes === undefined ? undefined : Receipt.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** The content of a receipt's file. */
export function receiptText({ recordSha256, ...others }: Receipt): string {
  return `${JSON.stringify({ recordSha256, ...others })}\n`;
}
