const RESERVED_BYTES = 64 * 1024;
const SUPERBLOCK_BYTES = 4096;
const RAID1 = 1;
const STATE_CLEAN = 1;
/** active and in sync: bits 1 and 2 */
const DISK_ACTIVE_SYNC = 6;
const DISK_WORDS = 32;
const CHECKSUM_WORD = 38;

/** Where a version 0.90 superblock lies: in the last whole 64 KiB of the member. */
export function oldMdOffset(diskSizeBytes: number): number {
  return Math.floor(diskSizeBytes / RESERVED_BYTES) * RESERVED_BYTES - RESERVED_BYTES;
}

/**
 * A version 0.90 superblock of a raid1 of two disks, of which the other is away. The kernel can assemble this one without any program, which is
 * why it is a case of its own. Layout: `struct mdp_superblock_s` in linux/raid/md_p.h, in words of 32 bits, little-endian.
 */
export function oldMdSuperblock(diskSizeBytes: number): Buffer {
  const block = Buffer.alloc(SUPERBLOCK_BYTES);
  const set = (word: number, value: number): void => void block.writeUInt32LE(value >>> 0, 4 * word);
  // magic, version 0.90.0, the set's number in words 5 and 13 to 15, made when, level, KiB, disks
  for (const [word, value] of [0xa92b4efc, 0, 90, 0, 0, 0x52454841, 1577934245, RAID1].entries()) set(word, value);
  set(8, oldMdOffset(diskSizeBytes) / 1024);
  set(9, 2);
  set(10, 2);
  set(13, 0x5253414c);
  set(14, 0x30393000);
  set(15, 0x00000001);
  set(32, 1577934300);
  set(33, STATE_CLEAN);
  for (const [index, count] of [2, 2, 0, 0].entries()) set(34 + index, count);
  set(39, 7);
  disk(0, 128);
  disk(1, 128 + DISK_WORDS);
  disk(0, SUPERBLOCK_BYTES / 4 - DISK_WORDS);
  set(CHECKSUM_WORD, checksum(block));
  return block;

  function disk(number: number, word: number): void {
    for (const [index, value] of [number, 8, 16 * number, number, DISK_ACTIVE_SYNC].entries()) set(word + index, value);
  }
}

/** The sum of all words, carries added back, with the checksum itself as zero. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (let offset = 0; offset < block.length; offset += 4) sum += block.readUInt32LE(offset);
  return ((sum % 2 ** 32) + Math.floor(sum / 2 ** 32)) >>> 0;
}
