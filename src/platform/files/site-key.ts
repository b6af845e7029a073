import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { ReconError } from '../../domain/errors.ts';
import { errorCode } from './files.ts';

const HEAD = 'recon-site-key-1 ';
const KEY_BYTES = 32;

/**
 * The key that a site's pseudonyms are made with; the file is made, for its owner only, when there is none. Without a file the key is
 * forgotten.
 * @throws ReconError `usage` when the file is no such key
 */
export async function siteKey(path: string | undefined): Promise<{ key: Buffer; isNew: boolean }> {
  const fresh = randomBytes(KEY_BYTES);
  if (path === undefined) return { key: fresh, isNew: true };
  try {
    await writeFile(path, `${HEAD}${fresh.toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
    return { key: fresh, isNew: true };
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const text = await readFile(path, 'utf8');
  const key = Buffer.from(text.startsWith(HEAD) ? text.slice(HEAD.length) : '', 'base64');
  if (key.length === KEY_BYTES) return { key, isNew: false };
  throw new ReconError('usage', `${path} is no key of recon share`, { hint: 'name a file that does not exist: it is made' });
}
