import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { decryptFile } from '../platform/archive/decrypted-file.ts';
import { makeDirectory, namesIn } from '../platform/files/directories.ts';
import { exists, readOrUndefined, writeAtomic } from '../platform/files/files.ts';
import { ENCRYPTED_FOLDER, isEncryptedName, splitHead } from '../records/encrypted-files.ts';

interface DecryptInput {
  /** the root of a stick */
  root: string;
  /** where the files go in the clear */
  work: string;
  /** the file that age-keygen made */
  identity: string | undefined;
  /** without an identity they are left out, and not an error */
  isRest: boolean;
}

export interface DecryptedRecords {
  /** a directory with records/ and a ledger for each start of a master, the oldest first; none when the stick has no such files */
  roots: string[];
  /** what could not be opened, each in a sentence */
  damaged: string[];
}

/**
 * Decrypts what a master wrote with `encryptRecords`. What is damaged, or encrypted to another key, is left out and told.
 * @throws ReconError `identity-wrong` when there is no identity, or it opens nothing
 */
export async function decryptRecords({ root, work, identity, isRest }: DecryptInput): Promise<DecryptedRecords> {
  const folder = join(root, ENCRYPTED_FOLDER);
  const decrypted: DecryptedRecords = { roots: [], damaged: [] };
  if (!(await exists(folder))) return decrypted;
  if (identity === undefined && isRest)
    return {
      roots: [],
      damaged: [`${ENCRYPTED_FOLDER}/ is left out: it is encrypted, and --identity names the file of age-keygen that opens it`],
    };
  if (identity === undefined)
    throw new ReconError('identity-wrong', `the records of this stick are encrypted (${ENCRYPTED_FOLDER}/)`, {
      hint: 'name the file of age-keygen that opens them: --identity key.txt',
    });
  let [opened, wrong] = [0, undefined as ReconError | undefined];
  for (const start of await namesIn(folder)) {
    const target = join(work, start);
    await makeDirectory(join(target, 'records'));
    decrypted.roots.push(target);
    for (const name of await encryptedNames(join(folder, start))) {
      const path = join(folder, start, name);
      try {
        await decryptTo(target, path, identity);
        opened += 1;
      } catch (error) {
        if (!(error instanceof ReconError) || !LEFT_OUT.has(error.code)) throw error;
        // a damaged head looks like that of another key
        if (error.code === 'identity-wrong') wrong = error;
        decrypted.damaged.push(`${path} is left out: ${error.message.replace(path, '').replace(/^(: | is )/, '')}`);
      }
    }
  }
  // the root may be a copy, which is gone when somebody reads this
  if (opened === 0 && wrong !== undefined)
    throw new ReconError('identity-wrong', wrong.message.replace(`${root}/`, ''), { cause: wrong, ...definedOnly({ hint: wrong.hint }) });
  return decrypted;
}

const LEFT_OUT: ReadonlySet<string> = new Set(['identity-wrong', 'tarball-unreadable']);

/** In the order in which they were written. */
async function encryptedNames(folder: string): Promise<string[]> {
  const names = (await namesIn(folder)).filter(isEncryptedName);
  return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

async function decryptTo(root: string, path: string, identity: string): Promise<void> {
  await using plain = await decryptFile(path, identity);
  const { target, content, isContinued } = splitHead(await readFile(plain.path), root);
  const before = isContinued ? await readOrUndefined(target) : undefined;
  await makeDirectory(dirname(target));
  await writeAtomic(target, before === undefined ? content : Buffer.concat([before, content]));
}
