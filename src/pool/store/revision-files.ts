import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, syncPath, writeAtomic } from '../../platform/files/files.ts';
import { Revision } from './revision.ts';

/** The accepted states of a pool, each a file; and which of them lies in the folder. */
export interface RevisionFiles {
  /** all that can be read, the oldest first */
  list(): Promise<Revision[]>;
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
  const write = async (path: string, text: string): Promise<void> => {
    await makeDirectory(directory);
    await writeAtomic(path, text, 0o600);
    await syncPath(path);
    await syncPath(directory);
  };
  const numbers = async (): Promise<number[]> => {
    const names = await readdir(directory).catch((): string[] => []);
    return names.flatMap((name) => (/^\d{8}\.json$/.test(name) ? [Number(name.slice(0, 8))] : [])).sort((a, b) => a - b);
  };
  return {
    list: async () => {
      const all = await Promise.all((await numbers()).map((number) => readOrUndefined(pathOf(number))));
      return all.flatMap((bytes) => {
        const parsed = Revision.safeParse(parsedJson(bytes));
        return parsed.success ? [parsed.data] : [];
      });
    },
    add: async (revision) => {
      await write(pathOf(revision.number), `${JSON.stringify(revision, undefined, 1)}\n`);
      const old = (await numbers()).slice(0, -MOST_KEPT);
      for (const number of old) await removePath(pathOf(number));
    },
    placed: async () => Number((await readOrUndefined(join(directory, 'placed')))?.toString('utf8') ?? 0) || 0,
    setPlaced: (number) => write(join(directory, 'placed'), `${number}\n`),
  };
}

/** A power cut may have left a file of another program's repair; it is then no revision. */
function parsedJson(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
