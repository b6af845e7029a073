import { z } from 'zod';

/** A node that has another name since. */
export const Renaming = z.strictObject({ from: z.string(), to: z.string() });
export type Renaming = z.infer<typeof Renaming>;

/** One accepted state of a pool's folder. */
export const Revision = z.strictObject({
  number: z.int().min(1).meta({ description: 'counts up by one; order is by it, never by the clock' }),
  at: z.iso.datetime(),
  by: z.string().meta({ description: 'who changed it; `folder` for an edit by hand' }),
  what: z.string().meta({ description: 'the change in one line' }),
  renamed: Renaming.exactOptional(),
  files: z.record(z.string(), z.string()).meta({ description: 'every file of the folder that says something, by its path' }),
});
export type Revision = z.infer<typeof Revision>;

/** A state without its files. */
export const RevisionHead = Revision.omit({ files: true });
export type RevisionHead = z.infer<typeof RevisionHead>;

/** What differs between two states of a folder, by path. */
export interface FileChange {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

export function changesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) =>
    before.get(path) === after.get(path) ? [] : [{ path, before: before.get(path), after: after.get(path) }],
  );
}
