import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The recordings of this repository; its MANIFEST.md says whose they are and why these. */
const IN_REPOSITORY = join(import.meta.dirname, '../../machines');
/** All that were collected, under the same paths; they are tried too where they lie beside the checkout. */
const FULL_SET = join(import.meta.dirname, '../../../../shared/machines');

/** Path of a recording → its file. A copy in the repository goes before that of the full set. */
const FILES: ReadonlyMap<string, string> = new Map([FULL_SET, IN_REPOSITORY].flatMap(filesOf));

/**
 * Output of a tool of a real machine, byte by byte.
 * @param path as in recordings()
 */
export function recording(path: string): Buffer {
  const file = recordingFile(path);
  const bytes = readFileSync(file);
  return isPacked(file) ? gunzipSync(bytes) : bytes;
}

/** The same with one character for each byte, whatever its encoding is. */
export function recordedText(path: string): string {
  return recording(path).toString('latin1');
}

/** What another project's parser gave for a recording, as JSON. */
export function recordedAnswer<T>(path: string): T {
  return JSON.parse(recording(path).toString('utf8')) as T;
}

/** Where a recording is that another program is to read. */
export function recordingFile(path: string): string {
  const file = FILES.get(path);
  if (file === undefined) throw new Error(`there is no recording ${path}`);
  return file;
}

/** Paths of all recordings whose path begins so, in order; licences among them. */
export function recordings(beginning = ''): string[] {
  return [...FILES.keys()].filter((path) => path.startsWith(beginning)).sort();
}

/** How many of something the recordings hold at least: there are fewer in the repository than in the full set. */
export function countIn({ repository, fullSet }: { repository: number; fullSet: number }): number {
  return existsSync(FULL_SET) ? fullSet : repository;
}

function filesOf(root: string): [path: string, file: string][] {
  if (!existsSync(root)) return [];
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.parentPath !== root);
  return files.map(({ parentPath, name }) => {
    const file = join(parentPath, name);
    return [relative(root, isPacked(file) ? file.slice(0, -'.gz'.length) : file), file];
  });
}

/** The longest are packed in the repository; archives are recordings as they are. */
function isPacked(file: string): boolean {
  return file.endsWith('.gz') && !file.endsWith('.tar.gz');
}
