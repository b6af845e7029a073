import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { CaptureLine } from '../../domain/capture.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { appendUnsynced } from '../../platform/files/unsynced-files.ts';
import { CAPTURE_FILE } from '../../records/revisions.ts';
import type { Visit } from '../../tarball/visit.ts';

/** They are read once more and then removed: the quickest level takes a quarter of the time. */
const PACKING = { level: 1 };

export interface UnpackedCaptures {
  /** where the record of this folder of the tarball belongs, beside its capture */
  directoryOf: (folder: string) => string;
  has: (folder: string) => boolean;
  /** all files of one capture */
  filesOf: (folder: string) => Promise<ReadonlyMap<string, Buffer>>;
}

/** Puts the captures of a visit into `work` as a master keeps them: one file of gzipped lines each. Memory holds one capture. */
export async function unpackCaptures(visit: Visit, work: string): Promise<UnpackedCaptures> {
  const written = new Set<string>();
  const directoryOf = (folder: string): string => join(work, folder.replaceAll('/', '_'));
  let [current, lines] = ['', [] as string[]];
  const write = async (): Promise<void> => {
    if (lines.length === 0) return;
    await makeDirectory(directoryOf(current));
    // members of one gzip file may follow each other (RFC 1952, section 2.2)
    await appendUnsynced(join(directoryOf(current), CAPTURE_FILE), gzipSync(lines.join(''), PACKING));
    written.add(current);
    lines = [];
  };
  for await (const { folder, path, content } of visit.captureFiles()) {
    if (folder !== current) await write();
    current = folder;
    lines.push(`${JSON.stringify({ path, base64: content.toString('base64') })}\n`);
  }
  await write();
  return {
    directoryOf,
    has: (folder) => written.has(folder),
    filesOf: async (folder) => (written.has(folder) ? readFiles(join(directoryOf(folder), CAPTURE_FILE)) : new Map()),
  };
}

async function readFiles(path: string): Promise<Map<string, Buffer>> {
  const lines = gunzipSync(await readFile(path))
    .toString('utf8')
    .split('\n')
    .filter(Boolean);
  return new Map(lines.map((line) => CaptureLine.parse(JSON.parse(line))).map((file) => [file.path, Buffer.from(file.base64, 'base64')]));
}
