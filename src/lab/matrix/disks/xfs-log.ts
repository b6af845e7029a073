const SECTOR_BYTES = 512;
/** the flag of an operation that ends a log when its file system is unmounted */
const UNMOUNT = 0x20;

/** Where the log of an XFS begins, in bytes. Layout: XFS Algorithms and Data Structures, "Superblocks". */
export function xfsLogOffset(superblock: Buffer): number {
  const blockBytes = superblock.readUInt32BE(4);
  const logStart = superblock.readBigUInt64BE(48);
  const groupBlocks = superblock.readUInt32BE(84);
  const shift = BigInt(superblock.readUInt8(124));
  const group = Number(logStart >> shift);
  return (group * groupBlocks + Number(logStart & ((1n << shift) - 1n))) * blockBytes;
}

/**
 * Takes the mark of an unmount out of the start of a fresh log, so that whoever mounts it wants to recover it first. The record's header is one
 * sector, its first operation follows; flags are the tenth byte (linux/fs/xfs/libxfs/xfs_log_format.h).
 * @throws Error when there is no such mark
 */
export function withoutUnmountMark(log: Buffer): Buffer {
  const flags = SECTOR_BYTES + 9;
  if (log.readUInt32BE(0) !== 0xfeedbabe || log.readUInt8(flags) !== UNMOUNT) throw new Error('this is no log of an unmounted XFS');
  const dirty = Buffer.from(log);
  dirty.writeUInt8(0, flags);
  // no checksum: the reader takes zero for a log of a kernel that made none
  dirty.writeUInt32LE(0, 32);
  return dirty;
}
