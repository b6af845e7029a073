import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SelfInventory } from '../../master/intake/self-record.ts';
import { ownMac } from './own-mac.ts';

/** Where the record and the capture of this machine are left by who is root, for who is not. */
export const OWN_RECORD_DIRECTORY = '/run/recon/own-record';
export const OWN_RECORD_FILES = { record: 'node.json', capture: 'capture.tar.gz' } as const;

/** As it was left there. @throws ReconError `not-found` when the machine has no network card */
export async function readOwnRecord(): Promise<SelfInventory> {
  const read = (name: string): Promise<Buffer> => readFile(join(OWN_RECORD_DIRECTORY, name));
  const [record, capture] = [await read(OWN_RECORD_FILES.record), await read(OWN_RECORD_FILES.capture)];
  return { mac: ownMac(record), record, capture };
}
