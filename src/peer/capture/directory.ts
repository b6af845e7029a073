import type { Capture, CaptureIndex } from '../../domain/capture.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { captureFromFiles } from '../../inventory/capture-from-files.ts';
import { normalise } from '../../inventory/normalise.ts';
import { listCaptureFiles, readCaptureFile } from '../../platform/files/capture-files.ts';

/**
 * Loads a capture directory into memory. One that was put together by hand may lack capture.json: each `raw/<id>.out` then counts as a command
 * that ended well.
 * @throws ReconError `capture-unreadable` when it is none
 */
export async function loadCapture(directory: string): Promise<Capture> {
  const files = new Map<string, Buffer>();
  for (const path of await listCaptureFiles(directory)) files.set(path, await readCaptureFile(directory, path));
  if (!files.has('capture.json')) {
    const index = indexOfFiles([...files.keys()]);
    if (index !== undefined) files.set('capture.json', Buffer.from(JSON.stringify(index)));
  }
  return captureFromFiles(files);
}

/** Undefined when there is neither an output nor a copied file: any other directory is a mistake of who named it. */
function indexOfFiles(paths: readonly string[]): CaptureIndex | undefined {
  const ids = [...new Set(paths.flatMap((path) => /^raw\/([^/]+)\.(?:out|bin)$/.exec(path)?.[1] ?? []))];
  const copied = paths.filter((path) => path.startsWith('fs/')).map((path) => path.slice('fs/'.length));
  if (ids.length === 0 && copied.length === 0) return undefined;
  const commands = ids.map((id) => ({ id, argv: [id], status: 'ok' as const, durationMs: 0 }));
  return { captureVersion: 1, commands, files: copied };
}

/** `recon normalise DIR`. Throws as {@link loadCapture}. */
export async function normaliseDirectory(directory: string): Promise<NodeRecord> {
  return normalise(await loadCapture(directory));
}
