import { ReconError } from '../../domain/errors.ts';

/** What a disk was told, in the order in which it was done. */
export interface LoggedRequest {
  kind: 'write' | 'flush' | 'discard';
  /** on the disk, in bytes */
  offsetBytes: number;
  sizeBytes: number;
  /** where the written bytes stand in the log */
  dataAt: number;
}

/** The log as a file that is read at offsets. */
export interface LogBytes {
  read(offsetBytes: number, sizeBytes: number): Promise<Buffer>;
}

// Linux, drivers/md/dm-log-writes.c and Documentation/admin-guide/device-mapper/log-writes.rst; QEMU's blklogwrites writes the same
const MAGIC = 0x6a736677736872n;
const HEAD_BYTES = 28;
const ENTRY_BYTES = 32;
const SECTOR_BYTES = 512;
const FLAGS = { flush: 1n, discard: 4n } as const;

/** Reads the log of a disk with sectors of 512 bytes. @throws ReconError `lab-failed` when it is none, or is cut short */
export async function readWriteLog(log: LogBytes): Promise<LoggedRequest[]> {
  const head = await log.read(0, SECTOR_BYTES);
  if (head.length < HEAD_BYTES || head.readBigUInt64LE(0) !== MAGIC) throw new ReconError('lab-failed', 'the log of writes has no head');
  const count = Number(head.readBigUInt64LE(16));
  if (head.readUInt32LE(24) !== SECTOR_BYTES) throw new ReconError('lab-failed', 'the log of writes has other sectors than the disk');
  const requests: LoggedRequest[] = [];
  let at = SECTOR_BYTES;
  while (requests.length < count) {
    const entry = await log.read(at, ENTRY_BYTES);
    if (entry.length < ENTRY_BYTES)
      throw new ReconError('lab-failed', `the log of writes ends after ${requests.length} of ${count} requests`);
    const flags = entry.readBigUInt64LE(16);
    const kind = (flags & FLAGS.discard) !== 0n ? 'discard' : (flags & FLAGS.flush) !== 0n ? 'flush' : 'write';
    const sizeBytes = Number(entry.readBigUInt64LE(8)) * SECTOR_BYTES;
    at += SECTOR_BYTES;
    requests.push({ kind, offsetBytes: Number(entry.readBigUInt64LE(0)) * SECTOR_BYTES, sizeBytes, dataAt: at });
    if (kind === 'write') at += sizeBytes;
  }
  return requests;
}
