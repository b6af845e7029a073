import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';

/** What is larger, packed or unpacked, is read piece by piece; a usual capture is a thirtieth of it. */
const WHOLE_BYTES = 4 * 1024 ** 2;
/** Each piece has a way through a loop. */
const PIECE_BYTES = 256 * 1024;

const unpackWhole = promisify(gunzip);

/** A gzipped file unpacked, in one piece where it is small: two streams for each of a thousand captures cost more than unpacking them. @throws the system's error when it cannot be read */
export async function* unpackedFile(path: string): AsyncGenerator<Buffer> {
  await using file = await open(path);
  const whole = await wholeOf(file);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  const packed = file.createReadStream({ start: 0, highWaterMark: PIECE_BYTES, autoClose: false });
  // with pipe() alone a file that cannot be read would end the whole program
  yield* pipeline(packed, createGunzip({ chunkSize: PIECE_BYTES }), () => {});
}

/** Undefined when it is large, and when it is damaged: of that some can be read all the same. */
async function wholeOf(file: FileHandle): Promise<Buffer | undefined> {
  const { size } = await file.stat();
  if (size > WHOLE_BYTES) return undefined;
  const packed = Buffer.allocUnsafe(size);
  const { bytesRead } = await file.read(packed, 0, size, 0);
  return unpackWhole(packed.subarray(0, bytesRead), { maxOutputLength: WHOLE_BYTES }).catch(() => undefined);
}
