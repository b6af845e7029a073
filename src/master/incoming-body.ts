import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { ReconError } from '../domain/errors.ts';

type Chunks = AsyncIterable<Uint8Array>;

/**
 * Passes chunks through and stops at a limit.
 * @throws ReconError `body-too-large`
 */
export async function* limitedTo(limitBytes: number, chunks: Chunks): Chunks {
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) throw tooLarge(limitBytes);
    yield chunk;
  }
}

/**
 * Passes gzipped chunks through, while it unpacks them into nothing to see that they are sound and not a bomb.
 * @throws ReconError `body-malformed` when it is not gzip, `body-too-large` when it unpacks to more than the limit
 */
export async function* soundGzip(unpackedLimitBytes: number, chunks: Chunks): Chunks {
  const gunzip = createGunzip();
  let unpackedBytes = 0;
  let fault: ReconError | undefined;
  gunzip.on('data', (data: Buffer) => {
    unpackedBytes += data.length;
    if (unpackedBytes > unpackedLimitBytes) gunzip.destroy(tooLarge(unpackedLimitBytes));
  });
  gunzip.on('error', (error) => {
    fault = error instanceof ReconError ? error : new ReconError('body-malformed', `the body is not sound gzip: ${error.message}`);
  });
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  try {
    for await (const chunk of chunks) {
      if (fault !== undefined) throw fault;
      if (!gunzip.destroyed && !gunzip.write(chunk)) await Promise.race([once(gunzip, 'drain').catch(() => {}), closed]);
      yield chunk;
    }
    if (!gunzip.destroyed) gunzip.end();
    await closed;
    if (fault !== undefined) throw fault;
  } finally {
    gunzip.destroy();
  }
}

/** Deepest nesting of arrays and objects in a JSON text; text inside strings does not count. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}

function tooLarge(limitBytes: number): ReconError {
  return new ReconError('body-too-large', `the body is larger than ${limitBytes} bytes`);
}
