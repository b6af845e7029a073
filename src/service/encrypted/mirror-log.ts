import { join } from 'node:path';
import { z } from 'zod';
import { appendLines, readJsonLines } from '../../platform/files/append-log.ts';
import { exists } from '../../platform/files/files.ts';

/** A file in RAM, as it lies on the stick. */
const Placed = z.strictObject({
  path: z.string(),
  /** of the file in RAM */
  version: z.string(),
  /** so much of it is there */
  toBytes: z.int().nonnegative(),
  /** the files that hold it, and their sizes */
  parts: z.array(z.strictObject({ name: z.string(), sizeBytes: z.int().nonnegative() })),
});
export type Placed = z.infer<typeof Placed>;

const Folder = z.strictObject({ folder: z.string() });

/** What is on the stick, written down in RAM: a restart of the service goes on with it, and writes nothing twice. */
export interface MirrorLog {
  /** the folder on the stick, when an earlier run in this boot made one */
  folder: string | undefined;
  placed: Map<string, Placed>;
  begin(folder: string): Promise<void>;
  add(placed: readonly Placed[]): Promise<void>;
}

export async function openMirrorLog(ramDirectory: string): Promise<MirrorLog> {
  const path = join(ramDirectory, '.mirrored.jsonl');
  const lines = (await exists(path)) ? await readJsonLines(path, Placed.or(Folder)) : [];
  const placed = new Map<string, Placed>();
  let folder: string | undefined;
  for (const line of lines) {
    if ('folder' in line) folder = line.folder;
    else placed.set(line.path, line);
  }
  return {
    folder,
    placed,
    begin: (name) => appendLines(path, [JSON.stringify({ folder: name })]),
    add: async (some) => {
      if (some.length > 0)
        await appendLines(
          path,
          some.map((one) => JSON.stringify(one)),
        );
    },
  };
}
