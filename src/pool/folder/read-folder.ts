import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { textPieces } from '../../domain/values/text-pieces.ts';
import { errorCode, readOrUndefined } from '../../platform/files/files.ts';
import { isPoolFile } from './parse-folder.ts';

/** More than any pool; a file of another kind must not fill the RAM. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/**
 * The texts of a pool's files, by their path in the folder.
 * @throws ReconError `not-found` when there is no such folder, `body-too-large` for a file that is no settings
 */
export async function readPoolFolder(directory: string): Promise<Map<string, string>> {
  return folderReader(directory)();
}

/**
 * Reads the same folder again and again: what has the same bytes as the last time is the same text, and not made out of bytes anew. All bytes are looked at,
 * because a file that is written twice within one tick of the clock has the same time.
 * @returns reads; `expected` are texts that may lie there now, and need not be made anew either
 */
export function folderReader(directory: string): (expected?: ReadonlyMap<string, string>) => Promise<Map<string, string>> {
  let before = new Map<string, ReadText>();
  return async (expected) => {
    const files = new Map<string, ReadText>();
    for (const path of await pathsIn(directory)) {
      const bytes = await readOrUndefined(join(directory, path));
      // it went away between listing and reading
      if (bytes === undefined) continue;
      if (bytes.length > LARGEST_BYTES) throw new ReconError('body-too-large', `${path} is larger than ${LARGEST_BYTES} bytes`);
      const known = before.get(path);
      files.set(path, known?.bytes.equals(bytes) === true ? known : { bytes, text: knownText(bytes, expected?.get(path)) });
    }
    before = files;
    return new Map([...files].map(([path, { text }]) => [path, text]));
  };
}

function knownText(bytes: Buffer, text: string | undefined): string {
  return text !== undefined && isText(bytes, text) ? text : bytes.toString('utf8');
}

/** In pieces: a second copy of megabytes takes longer than the comparison. */
function isText(bytes: Buffer, text: string): boolean {
  let at = 0;
  for (const piece of textPieces(text)) {
    const { written } = new TextEncoder().encodeInto(piece, ENCODED);
    if (!ENCODED.subarray(0, written).equals(bytes.subarray(at, at + written))) return false;
    at += written;
  }
  return at === bytes.length;
}

/** A piece of the longest letters. */
const ENCODED = Buffer.alloc(4 * 65_536);

interface ReadText {
  bytes: Buffer;
  text: string;
}

async function pathsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new ReconError('not-found', `${directory} is no folder of a pool`, {
      hint: 'It has pool.yaml, nodes.yaml, groups.yaml and profiles/.',
    });
  });
  const below = async (folder: string): Promise<string[]> =>
    (await readdir(join(directory, folder)).catch((): string[] => [])).map((name) => `${folder}/${name}`);
  return [...names, ...(await below('nodes.d')), ...(await below('profiles'))].filter(isPoolFile).sort();
}
