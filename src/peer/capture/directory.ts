import type { Capture } from '../../domain/capture.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { withIndexByHand } from '../../inventory/capture-by-hand.ts';
import { captureFromFiles } from '../../inventory/capture-from-files.ts';
import { normalise } from '../../inventory/normalise.ts';
import { listCaptureFiles, readCaptureFile } from '../../platform/files/capture-files.ts';

/**
 * Loads a capture directory into memory, also one that was put together by hand.
 * @throws ReconError `capture-unreadable` when it is none
 */
export async function loadCapture(directory: string): Promise<Capture> {
  const files = new Map<string, Buffer>();
  for (const path of await listCaptureFiles(directory)) files.set(path, await readCaptureFile(directory, path));
  return captureFromFiles(withIndexByHand(files));
}

/** `recon normalise DIR`. Throws as {@link loadCapture}. */
export async function normaliseDirectory(directory: string): Promise<NodeRecord> {
  return normalise(await loadCapture(directory));
}
