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
  const index = indexByHand(files);
  if (index !== undefined) {
    files.set('capture.json', Buffer.from(JSON.stringify(index)));
    for (const [path, bytes] of files) if (isTextByHand(path, bytes)) files.set(path, Buffer.concat([bytes, Buffer.from('\n')]));
  }
  return captureFromFiles(files);
}

/**
 * What a person need not write: without capture.json, or with one that only tells where links lead, each output counts as a command that ended well. Undefined
 * where recon wrote it, and when there is neither an output nor a copied file: any other directory is a mistake of who named it.
 */
function indexByHand(files: ReadonlyMap<string, Buffer>): CaptureIndex | undefined {
  const written = files.get('capture.json');
  const given = written === undefined ? {} : withoutCommands(written);
  const paths = [...files.keys()];
  const ids = [...new Set(paths.flatMap((path) => /^raw\/([^/]+)\.(?:out|bin)$/.exec(path)?.[1] ?? []))];
  const copied = paths.filter((path) => path.startsWith('fs/')).map((path) => path.slice('fs/'.length));
  if (given === undefined || !paths.some((path) => /^(raw|fs)\//.test(path))) return undefined;
  const commands = ids.map((id) => ({ id, argv: [id], status: 'ok' as const, durationMs: 0 }));
  return { captureVersion: 1, commands, files: copied, ...given };
}

/** Undefined of an index that names its commands, and of a text that is none. */
function withoutCommands(bytes: Buffer): Partial<CaptureIndex> | undefined {
  try {
    const index: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof index === 'object' && index !== null && !('commands' in index) ? index : undefined;
  } catch {
    return undefined;
  }
}

/** Who copies a text by hand may lose its last line end; recon's own outputs without one were cut off. */
function isTextByHand(path: string, bytes: Buffer): boolean {
  return /^raw\/[^/]+\.out$/.test(path) && bytes.length > 0 && bytes.at(-1) !== 0x0a && !bytes.includes(0);
}

/** `recon normalise DIR`. Throws as {@link loadCapture}. */
export async function normaliseDirectory(directory: string): Promise<NodeRecord> {
  return normalise(await loadCapture(directory));
}
