import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { readRange } from '../../platform/files/file-reader.ts';
import { readOrUndefined, syncPath, writeAtomic } from '../../platform/files/files.ts';
import { Revision, RevisionHead } from './revision.ts';
import { revisionPieces } from './revision-pieces.ts';

/** The accepted states of a pool, each a file; and which of them lies in the folder. */
export interface RevisionFiles {
  /** all that can be read, the oldest first; of each only what it says of itself */
  list(): Promise<RevisionHead[]>;
  /** undefined when it is not there or cannot be read */
  read(number: number): Promise<Revision | undefined>;
  /** the newest that can be read */
  last(): Promise<Revision | undefined>;
  add(revision: Revision): Promise<void>;
  /** the number of the revision that was written into the folder to its end; 0 when none was */
  placed(): Promise<number>;
  setPlaced(number: number): Promise<void>;
}

/** More are not kept: each holds the whole folder. */
const MOST_KEPT = 500;

/** @param directory below the state of the head, such as /var/lib/recon/revisions */
export function revisionFiles(directory: string): RevisionFiles {
  const pathOf = (number: number): string => join(directory, `${String(number).padStart(8, '0')}.json`);
  const write = async (path: string, text: string | Iterable<string>): Promise<void> => {
    await makeDirectory(directory);
    await writeAtomic(path, text, 0o600);
    await syncPath(path);
    await syncPath(directory);
  };
  const numbers = async (): Promise<number[]> => {
    const names = await readdir(directory).catch((): string[] => []);
    return names.flatMap((name) => (/^\d{8}\.json$/.test(name) ? [Number(name.slice(0, 8))] : [])).sort((a, b) => a - b);
  };
  const read = async (number: number): Promise<Revision | undefined> =>
    Revision.safeParse(parsedJson((await readOrUndefined(pathOf(number)))?.toString('utf8'))).data;
  const heads = new Map<number, RevisionHead>();
  const headOf = async (number: number): Promise<RevisionHead[]> => {
    const head = heads.get(number) ?? (await readHead(pathOf(number))) ?? (await read(number));
    if (head === undefined) return [];
    const { files: _files, ...only } = head as Partial<Revision> & RevisionHead;
    heads.set(number, only);
    return [only];
  };
  return {
    read,
    last: async () => {
      for (const number of (await numbers()).reverse()) {
        const found = await read(number);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    list: async () => {
      const all: RevisionHead[] = [];
      for (const number of await numbers()) all.push(...(await headOf(number)));
      return all;
    },
    add: async (revision) => {
      await write(pathOf(revision.number), revisionPieces(revision));
      const old = (await numbers()).slice(0, -MOST_KEPT);
      for (const number of old) {
        await removePath(pathOf(number));
        heads.delete(number);
      }
    },
    placed: async () => Number((await readOrUndefined(join(directory, 'placed')))?.toString('utf8') ?? 0) || 0,
    setPlaced: (number) => write(join(directory, 'placed'), `${number}\n`),
  };
}

/** What stands in front of the files, which may be megabytes; undefined when it is not near the beginning. */
async function readHead(path: string): Promise<RevisionHead | undefined> {
  const bytes: Buffer[] = [];
  try {
    for await (const slice of readRange(path, 0, HEAD_BYTES - 1)) bytes.push(slice as Buffer);
  } catch {
    return undefined;
  }
  const [head, ...files] = Buffer.concat(bytes).toString('utf8').split('\n "files": {');
  // a power cut leaves none that is cut: each came by a rename
  return files.length === 0 ? undefined : RevisionHead.safeParse(parsedJson(`${head?.replace(/,\s*$/, '')}}`)).data;
}

const HEAD_BYTES = 16_384;

/** A power cut may have left a file of another program's repair; it is then no revision. */
function parsedJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
