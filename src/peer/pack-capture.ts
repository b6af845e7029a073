import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { LIMITS } from '../domain/api.ts';
import type { CaptureLine } from '../domain/capture.ts';
import { ReconError } from '../domain/errors.ts';
import { listCaptureFiles, readCaptureFile } from '../platform/files/capture-files.ts';

/**
 * Packs a capture directory for the upload: one JSON line per file ({@link CaptureLine}), capture.json first and the others in
 * byte order of their paths, gzipped. The same files give the same bytes.
 * @throws ReconError `capture-unreadable`; `body-too-large` when the master would refuse it
 */
export async function packCapture(directory: string): Promise<Buffer> {
  const paths = await listCaptureFiles(directory);
  const ordered = [...paths.filter((path) => path === INDEX), ...paths.filter((path) => path !== INDEX)];
  if (ordered[0] !== INDEX) throw new ReconError('capture-unreadable', `${directory} has no capture.json`);
  const gzip = createGzip({ level: 6 });
  const packed = buffer(
    Readable.from(lines(directory, ordered))
      .on('error', (error) => gzip.destroy(error))
      .pipe(gzip),
  );
  return noLargerThan(LIMITS.captureBytes, 'packed', await packed);
}

const INDEX = 'capture.json';

async function* lines(directory: string, paths: readonly string[]): AsyncGenerator<Buffer> {
  let unpackedBytes = 0;
  for (const path of paths) {
    const content = await readCaptureFile(directory, path);
    const line: CaptureLine = { path, base64: content.toString('base64') };
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    unpackedBytes += bytes.length;
    if (unpackedBytes > LIMITS.captureUnpackedBytes) throw tooLarge('unpacked', unpackedBytes);
    yield bytes;
  }
}

function noLargerThan(limitBytes: number, what: string, bytes: Buffer): Buffer {
  if (bytes.length > limitBytes) throw tooLarge(what, bytes.length);
  return bytes;
}

function tooLarge(what: string, sizeBytes: number): ReconError {
  return new ReconError('body-too-large', `the capture has ${sizeBytes} bytes ${what}, more than the master accepts`);
}
