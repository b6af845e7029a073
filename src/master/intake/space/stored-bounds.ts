import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { fileFacts, readSlices } from '../../../platform/files/file-reader.ts';
import { CAPTURE_FILE, RECORD_FILE, type StoredRevision } from '../../../records/revisions.ts';
import { addBounds, captureBound, type MachineBound, recordBound } from '../../../seal/largest-tarball.ts';
import { packedRecordSize } from './packed-size.ts';

/** Before its lines are counted: captures of servers have one for each 100 packed bytes or more. */
const PACKED_BYTES_OF_LINE = 100;

/** What an earlier run stored, by sizes alone, which costs no reading of captures. What cannot be read is in no tarball, and takes nothing. */
export async function roughBound(revision: StoredRevision): Promise<MachineBound> {
  return boundOf(revision, async (_path, sizeBytes) => Math.ceil(sizeBytes / PACKED_BYTES_OF_LINE));
}

/** The same after counting the lines of the capture. */
export async function exactBound(revision: StoredRevision): Promise<MachineBound> {
  return boundOf(revision, linesIn);
}

/** Counts lines in pieces of a text. */
export function lineCounter(): { look: (piece: Buffer) => void; readonly lines: number } {
  let lines = 0;
  return {
    look: (piece) => {
      for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, at + 1)) lines += 1;
    },
    // the last one may have no end
    get lines() {
      return lines + 1;
    },
  };
}

const NEWLINE = 0x0a;

async function boundOf(
  { directory, captureSha256 }: StoredRevision,
  lines: (path: string, sizeBytes: number) => Promise<number>,
): Promise<MachineBound> {
  const record = recordBound(await packedRecordSize(await readFile(join(directory, RECORD_FILE)).catch(() => Buffer.alloc(0))));
  if (captureSha256 === undefined) return record;
  const path = join(directory, CAPTURE_FILE);
  const sizeBytes = (await fileFacts(path).catch(() => undefined))?.sizeBytes ?? 0;
  return addBounds(record, captureBound(sizeBytes, await lines(path, sizeBytes)));
}

async function linesIn(path: string): Promise<number> {
  const counter = lineCounter();
  try {
    await pipeline(readSlices(path), createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
      for await (const piece of unpacked) counter.look(piece);
    });
  } catch {
    // a damaged one ends in the tarball where it ends here
  }
  return counter.lines;
}
