import { join } from 'node:path';
import { wholeInventoryOf } from '../../peer/inventory.ts';
import { writeAtomic } from '../../platform/files/files.ts';

/** The capture in the directory of the master's own record, and what is made of it. */
export const OWN_CAPTURE = 'capture';
export const OWN_RECORD_FILES = { record: 'node.json', capture: 'capture.jsonl.gz' } as const;

/** What `recon own-record DIR` does: makes the record of a capture, and packs that. Throws as {@link wholeInventoryOf}. */
export async function makeOwnRecord(directory: string): Promise<void> {
  const { record, capture } = await wholeInventoryOf(join(directory, OWN_CAPTURE));
  await writeAtomic(join(directory, OWN_RECORD_FILES.record), record, 0o600);
  await writeAtomic(join(directory, OWN_RECORD_FILES.capture), capture, 0o600);
}
