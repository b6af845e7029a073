import { stat } from 'node:fs/promises';
import { ReconError } from '../../domain/errors.ts';
import { errorCode, readOrUndefined } from '../../platform/files/files.ts';
import { savedText } from '../../settings/saved-text.ts';

/** A head takes no more of one list. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** A list of machines as a person's program has saved it. @throws ReconError `usage` for what is no file, `body-too-large` for what is no list */
export async function readListText(file: string): Promise<string> {
  const sizeBytes = await requireFile(file);
  if (sizeBytes > LARGEST_BYTES)
    throw new ReconError('body-too-large', `${file} has ${Math.round(sizeBytes / 1e6)} MB, which is no list of machines`, {
      hint: 'A list has 8 MB at most; the tarball of a visit ends with .tar.gz.',
    });
  return savedText((await readOrUndefined(file)) ?? Buffer.alloc(0)).text;
}

/** Size of a file that somebody named, in bytes. @throws ReconError `usage` when there is none of that name */
export async function requireFile(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new ReconError('usage', `there is no file ${file}`, { hint: 'A list ends with .csv, the tarball of a visit with .tar.gz.' });
  });
  if (!found.isFile()) throw new ReconError('usage', `${file} is no file`, { hint: 'Name the list in it, such as nodes.csv.' });
  return found.size;
}
