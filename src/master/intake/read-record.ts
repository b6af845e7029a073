import { readFile } from 'node:fs/promises';
import { ReconError } from '../../domain/errors.ts';
import { NodeRecord } from '../../domain/record/node-record.ts';
import { visibleTexts } from '../../domain/values/visible-text.ts';
import { type RecordFacts, recordFacts } from '../../records/record-facts.ts';
import type { Arrived } from './commit.ts';
import { packedRecordSize } from './space/packed-size.ts';
import { parseStrictJson, RECORD_JSON_LIMITS } from './strict-json.ts';

/** What is kept of a record, and how small it is when it is packed. */
interface ReadRecord {
  facts: RecordFacts;
  /** gzipped alone at level 1 */
  packedBytes: number;
}

let previous: Promise<unknown> = Promise.resolve();

/**
 * Reads a node record that was uploaded: from its bytes, where they are kept, else from its file, and of those one at a time. A record takes many
 * times its size in memory while it is read; nothing of it is held while somebody else is waited for.
 * @throws ReconError `body-malformed`
 */
export async function readRecord({ path, takeBytes }: Pick<Arrived, 'path' | 'takeBytes'>): Promise<ReadRecord> {
  const bytes = takeBytes?.();
  if (bytes !== undefined) return read(bytes);
  const mine = previous.then(async () => read(await readFile(path)));
  previous = mine.catch(() => {});
  return mine;
}

async function read(bytes: Buffer): Promise<ReadRecord> {
  const { value, isVisible } = parsed(bytes);
  return { facts: factsOf(isVisible ? value : visibleTexts(value)), packedBytes: await packedRecordSize(bytes, isVisible) };
}

function factsOf(value: unknown): RecordFacts {
  const result = NodeRecord.safeParse(value);
  if (result.success) return recordFacts(result.data);
  const [issue] = result.error.issues;
  throw new ReconError('body-malformed', `the record is not a node record: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function parsed(bytes: Uint8Array): ReturnType<typeof parseStrictJson> {
  try {
    return parseStrictJson(bytes, RECORD_JSON_LIMITS);
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    throw new ReconError('body-malformed', `the record cannot be read: ${error.message}`, { cause: error });
  }
}
