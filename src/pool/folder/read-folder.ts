import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { errorCode, readOrUndefined } from '../../platform/files/files.ts';
import { isPoolFile } from './parse-folder.ts';

/** More than any pool; a file of another kind must not fill the RAM. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/**
 * The texts of a pool's files, by their path in the folder.
 * @throws ReconError `not-found` when there is no such folder, `body-too-large` for a file that is no settings
 */
export async function readPoolFolder(directory: string): Promise<Map<string, string>> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new ReconError('not-found', `${directory} is no folder of a pool`, {
      hint: 'It has pool.yaml, nodes.yaml, groups.yaml and profiles/.',
    });
  });
  const below = async (folder: string): Promise<string[]> =>
    (await readdir(join(directory, folder)).catch((): string[] => [])).map((name) => `${folder}/${name}`);
  const paths = [...names, ...(await below('nodes.d')), ...(await below('profiles'))].filter(isPoolFile);
  const files = new Map<string, string>();
  for (const path of paths.sort()) {
    const bytes = await readOrUndefined(join(directory, path));
    // it went away between listing and reading
    if (bytes === undefined) continue;
    if (bytes.length > LARGEST_BYTES) throw new ReconError('body-too-large', `${path} is larger than ${LARGEST_BYTES} bytes`);
    files.set(path, bytes.toString('utf8'));
  }
  return files;
}
