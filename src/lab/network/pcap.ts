import { ReconError } from '../../domain/errors.ts';

/** An Ethernet frame as tcpdump saw it. */
export interface RecordedFrame {
  atMs: number;
  bytes: Uint8Array;
}

const FILE_HEADER_BYTES = 24;
const FRAME_HEADER_BYTES = 16;
const MICROSECONDS_MAGIC = 0xa1b2c3d4;

/**
 * Reads a capture file in the classic format (draft-ietf-opsawg-pcap). A frame that is cut off at the end, because tcpdump was
 * still writing it, is left out.
 * @throws ReconError `infrastructure` when it is no such file
 */
export function parsePcap(file: Uint8Array): RecordedFrame[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < FILE_HEADER_BYTES || view.getUint32(0, true) !== MICROSECONDS_MAGIC) {
    throw new ReconError('infrastructure', 'tcpdump wrote no capture file that we can read');
  }
  const frames: RecordedFrame[] = [];
  let offset = FILE_HEADER_BYTES;
  while (offset + FRAME_HEADER_BYTES <= file.length) {
    const start = offset + FRAME_HEADER_BYTES;
    const end = start + view.getUint32(offset + 8, true);
    if (end > file.length) break;
    frames.push({
      atMs: view.getUint32(offset, true) * 1000 + view.getUint32(offset + 4, true) / 1000,
      bytes: file.subarray(start, end),
    });
    offset = end;
  }
  return frames;
}
