import { crc32 } from 'node:zlib';

const SECTOR_BYTES = 512;

/**
 * The anchor of an Intel (IMSM) RAID container with one disk and no volume, for the second sector from the end of the disk.
 * Layout: `struct imsm_super` in mdadm's super-intel.c.
 */
export function imsmAnchor(diskSizeBytes: number, serial: string): { offsetBytes: number; bytes: Buffer } {
  const sectors = diskSizeBytes / SECTOR_BYTES;
  const anchor = Buffer.alloc(SECTOR_BYTES);
  const disks = 0xd8;
  const diskBytes = 48;
  anchor.write('Intel Raid ISM Cfg Sig. 1.0.00', 0, 'latin1');
  anchor.writeUInt32LE(disks + diskBytes, 0x24);
  anchor.writeUInt32LE(0x52484c31, 0x28);
  anchor.writeUInt32LE(3, 0x2c);
  anchor.writeUInt8(1, 0x38);
  anchor.writeUInt32LE(0x52484c31, 0x40);
  anchor.write(serial, disks, 16, 'latin1');
  anchor.writeUInt32LE(sectors, disks + 16);
  // configured, usable
  anchor.writeUInt32LE(0x0000010a, disks + 24);
  let sum = 0;
  for (let offset = 0; offset < disks + diskBytes; offset += 4) sum = (sum + anchor.readUInt32LE(offset)) >>> 0;
  anchor.writeUInt32LE(sum, 0x20);
  return { offsetBytes: diskSizeBytes - 2 * SECTOR_BYTES, bytes: anchor };
}

/**
 * The anchor header of a DDF container, for the last sector of the disk, which points at the primary header before it.
 * Layout: SNIA Common RAID Disk Data Format 2.0, section 4.1; big-endian, CRC-32 with the field itself as all ones.
 */
export function ddfHeaders(diskSizeBytes: number): { offsetBytes: number; bytes: Buffer } {
  const lastSector = diskSizeBytes / SECTOR_BYTES - 1;
  const primarySector = lastSector - 32;
  const tail = Buffer.alloc(33 * SECTOR_BYTES);
  for (const [type, sector] of [
    [1, primarySector],
    [0, lastSector],
  ] as const) {
    const header = tail.subarray((sector - primarySector) * SECTOR_BYTES, (sector - primarySector + 1) * SECTOR_BYTES);
    header.fill(0xff);
    header.writeUInt32BE(0xde11de11, 0);
    header.write('REHEARSALDDF-CONTAINER01', 8, 24, 'latin1');
    header.write('02.00.00', 32, 8, 'latin1');
    header.writeUInt32BE(1, 40);
    header.writeUInt32BE(0, 44);
    header.writeUInt8(type, 48);
    header.writeUInt8(0, 49);
    header.writeBigUInt64BE(BigInt(primarySector), 96);
    header.writeBigUInt64BE(0xffff_ffff_ffff_ffffn, 104);
    header.writeUInt32BE(crc32(header), 4);
  }
  return { offsetBytes: primarySector * SECTOR_BYTES, bytes: tail };
}
