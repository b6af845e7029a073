import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MACHINES = fileURLToPath(new URL('../../../../shared/machines/', import.meta.url));
export const skip = existsSync(MACHINES) ? false : 'the recordings of real machines are not beside this checkout';

export const recording = (path: string): Buffer => readFileSync(join(MACHINES, path));

/** The answer that another project's parser gave, as JSON. */
export const answer = <T>(path: string): T => JSON.parse(recording(path).toString('utf8')) as T;

/** Paths of the files below a folder, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(MACHINES, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(MACHINES.length))
    .sort();
}
