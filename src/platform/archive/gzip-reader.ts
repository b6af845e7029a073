import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants, crc32, createInflateRaw } from 'node:zlib';
import { messageOf } from '../../domain/values/message-of.ts';
import { errorCode } from '../files/files.ts';

/** Why a file cannot be read on; the message is a sentence's end: "is cut off …". */
export class ArchiveFault extends Error {
  override readonly name = 'ArchiveFault';
}

export interface GzipLimits {
  /** most bytes that may come out */
  maxBytes: number;
  /** most bytes that may come out for each one that went in, once `ratioFromBytes` came out */
  maxRatio: number;
  ratioFromBytes: number;
}

const TRAILER_BYTES = 8;

/**
 * What a gzip file of one member holds (RFC 1952), as it is read. All that can be unpacked comes out before a fault is thrown: Node's own
 * gunzip keeps back the last bytes when the checksum is wrong.
 * @throws ArchiveFault
 */
export async function* gunzipFile(path: string, limits: GzipLimits, onRead?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const { headBytes, totalBytes } = await readHead(path);
  const source = createReadStream(path, { start: headBytes, highWaterMark: 64 * 1024 });
  // a cut stream is found by its missing trailer, after all of it was unpacked
  const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 64 * 1024 });
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  let [crc, sizeBytes] = [0, 0];
  const consumed = (): number => headBytes + inflate.bytesWritten;
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      crc = crc32(piece, crc);
      sizeBytes += piece.length;
      checkLimits(sizeBytes, consumed(), limits);
      onRead?.(consumed());
      yield piece;
    }
  } catch (error) {
    if (error instanceof ArchiveFault) throw error;
    const at = `byte ${consumed()} of ${totalBytes}`;
    if (errorCode(error)?.startsWith('Z_') === true) throw new ArchiveFault(`is damaged near ${at}: what follows cannot be unpacked`);
    throw new ArchiveFault(`cannot be read near ${at}: ${messageOf(error)}`);
  } finally {
    source.destroy();
  }
  await checkTrailer(path, consumed(), { totalBytes, crc, sizeBytes });
}

function checkLimits(sizeBytes: number, consumedBytes: number, { maxBytes, maxRatio, ratioFromBytes }: GzipLimits): void {
  if (sizeBytes > maxBytes) throw new ArchiveFault(`unpacks to more than ${maxBytes} bytes: no visit is that large, and it is not read on`);
  if (sizeBytes > ratioFromBytes && sizeBytes > consumedBytes * maxRatio)
    throw new ArchiveFault(`unpacks to more than ${maxRatio} times its size: no visit does, and it is not read on`);
}

async function checkTrailer(path: string, at: number, found: { totalBytes: number; crc: number; sizeBytes: number }): Promise<void> {
  const trailer = await readAt(path, at, TRAILER_BYTES);
  if (trailer.length < TRAILER_BYTES) throw new ArchiveFault(`is cut off: it ends at byte ${found.totalBytes}, in the middle of its data`);
  // RFC 1952: CRC-32 and size modulo 2^32, little endian
  if (trailer.readUInt32LE(0) !== found.crc || trailer.readUInt32LE(4) !== found.sizeBytes % 2 ** 32)
    throw new ArchiveFault('has a wrong checksum: some of its bytes are not as they were written');
  const rest = found.totalBytes - at - TRAILER_BYTES;
  if (rest > 0) throw new ArchiveFault(`has ${rest} bytes behind its end that do not belong to it`);
}

/** Length of the gzip header. */
async function readHead(path: string): Promise<{ headBytes: number; totalBytes: number }> {
  const file = await open(path, 'r');
  let totalBytes: number;
  try {
    totalBytes = (await file.stat()).size;
  } finally {
    await file.close();
  }
  const head = await readAt(path, 0, 66_000);
  if (head.length < 10) throw new ArchiveFault('is cut off in its first bytes');
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) throw new ArchiveFault('is no gzip file');
  const flags = head.readUInt8(3);
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (head.length >= at + 2 ? head.readUInt16LE(at) : 0);
  // FNAME and FCOMMENT end with a zero byte
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = head.indexOf(0, at) + 1 || head.length;
  if ((flags & 2) !== 0) at += 2;
  return { headBytes: at, totalBytes };
}

async function readAt(path: string, position: number, lengthBytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(lengthBytes), 0, lengthBytes, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
