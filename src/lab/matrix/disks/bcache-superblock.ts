/** Where the superblock lies, in bytes from the start of the device. */
export const BCACHE_OFFSET = 4096;

const VERSION_BACKING = 1n;
const SIZE_BYTES = 208;
const POLYNOMIAL = 0x42f0e1eba9ea3693n;
const ONES = 0xffff_ffff_ffff_ffffn;

/** The superblock of a bcache backing device, for {@link BCACHE_OFFSET}. Layout: `struct cache_sb_disk` in linux/drivers/md/bcache/bcache_ondisk.h. */
export function bcacheSuperblock(): Buffer {
  const block = Buffer.alloc(SIZE_BYTES);
  block.writeBigUInt64LE(8n, 8);
  block.writeBigUInt64LE(VERSION_BACKING, 16);
  Buffer.from('c68573f64e1a45ca8265f57f48ba6d81', 'hex').copy(block, 24);
  block.write('rehearsal-bcache', 40, 16, 'latin1');
  block.write('rehearsal-cacheset', 56, 16, 'latin1');
  block.write('rehearsal', 72, 'latin1');
  block.writeUInt16LE(1, 192);
  block.writeBigUInt64LE(checksum(block.subarray(8)), 0);
  return block;
}

/** CRC-64 of ECMA-182, from all ones and inverted at the end. */
function checksum(bytes: Uint8Array): bigint {
  let crc = ONES;
  for (const byte of bytes) {
    crc ^= BigInt(byte) << 56n;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1n) ^ (crc >> 63n ? POLYNOMIAL : 0n)) & ONES;
  }
  return crc ^ ONES;
}
