import { readFile } from 'node:fs/promises';
import { ReconError } from '../../domain/errors.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { visibleTexts } from '../../domain/values/visible-text.ts';
import { packedRecordSize } from './space/packed-size.ts';
import { parseStrictJson, RECORD_JSON_LIMITS } from './strict-json.ts';

/** A record, and how small it is when it is packed. */
interface ReadRecord {
  record: NodeRecord;
  /** gzipped alone at level 1 */
  packedBytes: number;
}

let previous: Promise<unknown> = Promise.resolve();

/**
 * The node record in an uploaded file, with visible texts. One at a time: a record takes many times its size in memory while it is read.
 * @throws ReconError `body-malformed`
 */
export async function readRecord(path: string): Promise<ReadRecord> {
  const mine = previous.then(async () => {
    const bytes = await readFile(path);
    return { record: requireRecord(bytes), packedBytes: await packedRecordSize(bytes) };
  });
  previous = mine.catch(() => {});
  return mine;
}

function requireRecord(bytes: Uint8Array): NodeRecord {
  const result = NodeRecord.safeParse(visibleTexts(parsed(bytes)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ReconError('body-malformed', `the record is not a node record: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(bytes, RECORD_JSON_LIMITS);
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    throw new ReconError('body-malformed', `the record cannot be read: ${error.message}`, { cause: error });
  }
}
