import { dirname, join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory } from '../../platform/files/directories.ts';
import { emptyDirectory } from '../../platform/files/export-files.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { isPoolFile } from '../folder/parse-folder.ts';

/**
 * Writes files of a pool into a new folder. The paths come from another machine: only those of a pool's files are taken.
 * @throws ReconError `not-writable` for a folder with something in it, `head-unreachable` for a path that is none of a pool
 */
export async function writePoolFolder(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const stray = Object.keys(files).find((path) => !isPoolFile(path));
  if (stray !== undefined) throw new ReconError('head-unreachable', `the head says that ${stray.slice(0, 80)} is a file of its pool`);
  await emptyDirectory(folder, 'Name a folder that is new, or empty.');
  for (const [path, text] of Object.entries(files)) {
    await makeDirectory(dirname(join(folder, path)));
    await writeAtomic(join(folder, path), text);
  }
}
