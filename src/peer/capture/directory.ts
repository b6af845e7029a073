import type { Capture } from '../../domain/capture.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { withIndexByHand } from '../../inventory/capture-by-hand.ts';
import { captureFromFiles } from '../../inventory/capture-from-files.ts';
import { normalise } from '../../inventory/normalise.ts';
import { readCaptureDirectory } from '../../platform/files/capture-directory.ts';

/**
 * Loads a capture directory into memory, also one that was put together by hand.
 * @throws ReconError `capture-unreadable` when it is none
 */
export async function loadCapture(directory: string): Promise<Capture> {
  const { files, unread } = await readCaptureDirectory(directory);
  return captureFromFiles(withIndexByHand(files, unread));
}

/** `recon normalise DIR`. Throws as {@link loadCapture}. */
export async function normaliseDirectory(directory: string): Promise<NodeRecord> {
  return normalise(await loadCapture(directory));
}
