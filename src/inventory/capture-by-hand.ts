import type { CaptureIndex } from '../domain/capture.ts';

const INDEX = 'capture.json';

/**
 * The files of a capture directory, with what a person need not write: without capture.json, or with one that only tells where links lead, each output counts
 * as a command that ended well, and as whole without a last line end. As they are where recon wrote the index, and when there is neither an output nor a
 * copied file: any other directory is a mistake of who named it.
 */
export function withIndexByHand(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  const index = indexByHand(files);
  if (index === undefined) return files;
  const whole = [...files].map(([path, bytes]): [string, Buffer] => [path, isTextByHand(path, bytes) ? withLineEnd(bytes) : bytes]);
  return new Map([...whole, [INDEX, Buffer.from(JSON.stringify(index))]]);
}

function indexByHand(files: ReadonlyMap<string, Buffer>): CaptureIndex | undefined {
  const written = files.get(INDEX);
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

function withLineEnd(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.from('\n')]);
}
