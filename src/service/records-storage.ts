import { join } from 'node:path';
import type { SiteSettings } from '../domain/site-settings.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { encryptedStorage } from './encrypted/encrypted-storage.ts';
import type { DataStorage } from './stick/data-storage.ts';
import { STATE_DIRECTORY } from './warden/state-directory.ts';

/** Records in the clear, of a stick that has them encrypted; in RAM, where the master, which is not root, may write. */
export const PLAIN_DIRECTORY = join(STATE_DIRECTORY, 'plain');

interface RecordsStorageInput {
  data: DataStorage;
  settings: Pick<SiteSettings, 'encryptRecords'>;
  /** public key of age that tarballs are encrypted to */
  encryptTo: string | undefined;
  say: (...lines: string[]) => void;
  ramDirectory?: string;
}

/** Where the master keeps its records: on the stick, or with `encryptRecords` in RAM with ciphertext on the stick. Never in the clear on it then. */
export async function recordsStorage({
  data,
  settings,
  encryptTo,
  say,
  ramDirectory = PLAIN_DIRECTORY,
}: RecordsStorageInput): Promise<DataStorage> {
  if (settings.encryptRecords !== true || encryptTo === undefined || data.storage === 'ram') return data;
  try {
    return await encryptedStorage({ stick: data, ramDirectory, recipient: encryptTo, startedAt: new Date() });
  } catch (error) {
    const reason = `the stick takes no encrypted records: ${messageOf(error)}`;
    say(`${reason}. They are kept in RAM; fetch the tarball by HTTP before power-off: /export/ on this machine.`);
    return { ...data, directory: ramDirectory, storage: 'ram', reason, sync: async () => {}, medium: undefined };
  }
}
