import type { Writable } from 'node:stream';

/** A capture has hundreds of files of some bytes: each write of its own would cost a packer more than packing them. */
const BLOCK_BYTES = 64 * 1024;
/** So much waits for a packer, which works in a thread of its own: with less either of the two waits for the other. */
const WAITING_BYTES = 512 * 1024;

/**
 * Gives a stream pieces, and then its end: small ones together in blocks, and what is as large as a block as it is. It waits while the stream has half a megabyte to do.
 * @throws what the pieces throw, and Error when the stream is destroyed meanwhile
 */
export async function pipeInBlocks(pieces: AsyncIterable<Uint8Array>, sink: Writable): Promise<void> {
  let block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  let used = 0;
  for await (const piece of pieces) {
    if (used > 0 && used + piece.length > BLOCK_BYTES) {
      await pass(block.subarray(0, used), sink);
      [block, used] = [Buffer.allocUnsafeSlow(BLOCK_BYTES), 0];
    }
    if (piece.length >= BLOCK_BYTES) await pass(piece, sink);
    else {
      block.set(piece, used);
      used += piece.length;
    }
  }
  sink.end(block.subarray(0, used));
}

async function pass(bytes: Uint8Array, sink: Writable): Promise<void> {
  if (!sink.destroyed && (sink.write(bytes) || sink.writableLength < WAITING_BYTES)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (): void => {
      sink.off('drain', settle).off('close', settle);
      if (sink.destroyed) reject(sink.errored ?? new Error('the stream was closed before its end'));
      else resolve();
    };
    if (sink.destroyed) settle();
    else sink.on('drain', settle).on('close', settle);
  });
}
