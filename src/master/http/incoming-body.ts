import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { ReconError } from '../../domain/errors.ts';

type Chunks = AsyncIterable<Uint8Array>;

const PACE_CHECK_MS = 1000;
/** Captures pack to about a tenth; zeros, and nothing else, to a thousandth. */
const HIGHEST_RATIO = 200;
const RATIO_FREE_BYTES = 4 * 1024 * 1024;
/** Each piece is an errand for one of Node's threads for files: half as many as of Node's own 16 KiB. */
const UNPACKED_BYTES = 32 * 1024;

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
 * A small body as a whole.
 * @throws ReconError `body-too-large`
 */
export async function wholeBody(limitBytes: number, chunks: Chunks): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of limitedTo(limitBytes, chunks)) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * Passes gzipped chunks through, while it unpacks them into nothing (or for `look`) to see that they are sound and not a bomb.
 * A fault is told at the end of the body: what looks at the chunks before may have found that they were damaged on the way.
 * @throws ReconError `body-malformed` when it is not gzip, `body-too-large` when it unpacks to more than the limit
 */
export async function* soundGzip(unpackedLimitBytes: number, chunks: Chunks, look: (unpacked: Buffer) => void = () => {}): Chunks {
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES });
  let [packedBytes, unpackedBytes] = [0, 0];
  let fault: ReconError | undefined;
  gunzip.on('data', (data: Buffer) => {
    unpackedBytes += data.length;
    look(data);
    const isBomb = unpackedBytes > RATIO_FREE_BYTES && unpackedBytes > packedBytes * HIGHEST_RATIO;
    if (isBomb || unpackedBytes > unpackedLimitBytes) gunzip.destroy(tooLarge(unpackedLimitBytes));
  });
  gunzip.on('error', (error) => {
    fault = error instanceof ReconError ? error : new ReconError('body-malformed', `the body is not sound gzip: ${error.message}`);
  });
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  try {
    for await (const chunk of chunks) {
      if (fault !== undefined) continue;
      packedBytes += chunk.length;
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

/**
 * Passes chunks through, and compares them at the end with the hash that their sender gave; without one nothing is compared.
 * @throws ReconError `hash-mismatch`
 */
export async function* ofSaidHash(said: string | undefined, chunks: Chunks): Chunks {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  const found = hash.digest('hex');
  if (said !== undefined && said !== found) throw hashMismatch(found, said);
}

/** The sender has it whole, and sends it again. */
export function hashMismatch(found: string, said: string): ReconError {
  return new ReconError('hash-mismatch', `the body has sha256 ${found}, the header says ${said}`, {
    hint: 'Send it again; it was damaged or cut short on the way.',
  });
}

/** How slow a body may be. */
export interface BodyPace {
  /** the first so many milliseconds do not count */
  graceMs: number;
  slowestBytesPerSecond: number;
}

/**
 * Passes chunks through as long as they come fast enough on average, so that nobody holds a place by sending a byte a minute.
 * @throws ReconError `too-slow`
 */
export async function* atMinimumRate({ graceMs, slowestBytesPerSecond }: BodyPace, chunks: Chunks): Chunks {
  const startedMs = performance.now();
  let sizeBytes = 0;
  let giveUp: (reason: ReconError) => void = () => {};
  const tooSlow = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  tooSlow.catch(() => {});
  const timer = setInterval(
    () => {
      const elapsedMs = performance.now() - startedMs;
      if (elapsedMs < graceMs || sizeBytes >= (slowestBytesPerSecond * elapsedMs) / 1000) return;
      giveUp(new ReconError('too-slow', `only ${sizeBytes} bytes of the body came in ${Math.round(elapsedMs / 1000)} s`));
    },
    Math.min(PACE_CHECK_MS, graceMs),
  );
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), tooSlow]);
      if (next.done === true) return;
      sizeBytes += next.value.length;
      yield next.value;
    }
  } finally {
    clearInterval(timer);
    // not awaited: behind a chunk that never comes it would never settle
    void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

function tooLarge(limitBytes: number): ReconError {
  return new ReconError('body-too-large', `the body is larger than ${limitBytes} bytes`);
}
