/** Where a version 1.2 superblock lies, in bytes from the start of the member. */
export const MD_SUPERBLOCK_OFFSET = 4096;

const HEADER_BYTES = 256;
const DATA_OFFSET_SECTORS = 2048;
const MAX_DEVICES = 128;
const RAID1 = 1;
const SECTOR_BYTES = 512;

/** One member of a raid1 of two disks. */
export interface SuperblockMember {
  diskSizeBytes: number;
  /** 0 or 1 */
  number: number;
  /** members with different counts are a stale pair: assembling them writes at once */
  events: number;
}

/**
 * A version 1.2 superblock of a Linux raid1, for {@link MD_SUPERBLOCK_OFFSET}. Written by hand because the machine that runs
 * the rehearsal need not have the md driver. Layout and checksum: `struct mdp_superblock_1` in linux/raid/md_p.h.
 */
export function mdSuperblock(member: SuperblockMember): Buffer {
  const block = Buffer.alloc(HEADER_BYTES + 2 * MAX_DEVICES);
  const dataSectors = member.diskSizeBytes / SECTOR_BYTES - DATA_OFFSET_SECTORS;
  block.writeUInt32LE(0xa92b4efc, 0);
  block.writeUInt32LE(1, 4);
  block.write('rehearsal-raid-1', 16, 16, 'latin1');
  block.write('rehearsal:mirror', 32, 32, 'latin1');
  block.writeBigUInt64LE(1577934245n, 64);
  block.writeUInt32LE(RAID1, 72);
  block.writeBigUInt64LE(BigInt(dataSectors), 80);
  block.writeUInt32LE(2, 92);
  block.writeBigUInt64LE(BigInt(DATA_OFFSET_SECTORS), 128);
  block.writeBigUInt64LE(BigInt(dataSectors), 136);
  block.writeBigUInt64LE(BigInt(MD_SUPERBLOCK_OFFSET / SECTOR_BYTES), 144);
  block.writeUInt32LE(member.number, 160);
  block.write(`member-${member.number}-of-pair`, 168, 16, 'latin1');
  block.writeBigUInt64LE(1577934300n + BigInt(member.events), 192);
  block.writeBigUInt64LE(BigInt(member.events), 200);
  // resync_offset 0: the mirror was never in sync, so the kernel starts to copy
  block.writeBigUInt64LE(0n, 208);
  block.writeUInt32LE(MAX_DEVICES, 220);
  for (let role = 0; role < MAX_DEVICES; role++) block.writeUInt16LE(role < 2 ? role : 0xffff, HEADER_BYTES + 2 * role);
  block.writeUInt32LE(checksum(block), 216);
  return block;
}

/** The sum of all 32-bit words, carries added back, with the checksum itself as zero. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (let offset = 0; offset < block.length; offset += 4) sum += block.readUInt32LE(offset);
  return ((sum % 2 ** 32) + Math.floor(sum / 2 ** 32)) >>> 0;
}
