import type { CapturedCommand, CaptureIndex } from '../domain/capture.ts';
import { ReconError } from '../domain/errors.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { normaliseDirectory } from './capture/directory.ts';
import { packCapture } from './pack-capture.ts';

/** A machine's record and its raw capture, ready to be uploaded. */
export interface Inventory {
  record: NodeRecord;
  /** gzipped; undefined when it is left out, and then a row in the record says why */
  capture: Buffer | undefined;
  commands: CapturedCommand[];
}

/**
 * The inventory of a capture that was taken into a directory. Only a capture that is too large is left out.
 * @throws ReconError `capture-unreadable`
 */
export async function inventoryOf(directory: string, { commands }: Pick<CaptureIndex, 'commands'>): Promise<Inventory> {
  const record = await normaliseDirectory(directory);
  try {
    return { record, capture: await packCapture(directory), commands };
  } catch (error) {
    if (!(error instanceof ReconError && error.code === 'body-too-large')) throw error;
    return withoutCapture({ record, capture: undefined, commands }, error.message);
  }
}

/** The inventory without its capture; the record tells why. */
export function withoutCapture({ record, commands }: Inventory, reason: string): Inventory {
  const row = { id: 'capture-upload', status: 'failed', durationMs: 0, reason };
  const others = record.collectors.filter(({ id }) => id !== row.id);
  return { record: { ...record, collectors: [...others, row] }, capture: undefined, commands };
}

/** The bytes of a record as they are stored: the same record gives the same bytes. */
export function recordBytes(record: NodeRecord): Buffer<ArrayBuffer> {
  return Buffer.from(JSON.stringify(record));
}

/**
 * Record and gzipped capture, for the master's own row.
 * @throws ReconError `capture-unreadable`, `body-too-large`
 */
export async function wholeInventoryOf(directory: string): Promise<{ record: Buffer; capture: Buffer }> {
  const taken = await inventoryOf(directory, { commands: [] });
  if (taken.capture === undefined)
    throw new ReconError('body-too-large', taken.record.collectors.at(-1)?.reason ?? 'the capture is too large');
  return { record: recordBytes(taken.record), capture: taken.capture };
}
