const SECTOR_BYTES = 512;
const CLUSTER_BYTES = 4096;
const RECORD_BYTES = 1024;
const MFT_CLUSTER = 4;
const HIBERFIL_CLUSTER = 64;

/**
 * The start of an NTFS volume of a Windows that is hibernated: boot sector, the first records of the MFT, and the page that hiberfil.sys
 * begins with. As much as those who look for one read. Layout: linux-ntfs documentation ($Boot, FILE record); `hibr` as ntfs-3g checks it.
 */
export function hibernatedNtfs(diskSizeBytes: number): Buffer {
  const image = Buffer.alloc((HIBERFIL_CLUSTER + 1) * CLUSTER_BYTES);
  image.set([0xeb, 0x52, 0x90], 0);
  image.write('NTFS    ', 3, 'latin1');
  image.writeUInt16LE(SECTOR_BYTES, 11);
  image.writeUInt8(CLUSTER_BYTES / SECTOR_BYTES, 13);
  image.writeUInt8(0xf8, 21);
  image.writeUInt32LE(0x00800080, 36);
  image.writeBigUInt64LE(BigInt(diskSizeBytes / SECTOR_BYTES - 1), 40);
  image.writeBigUInt64LE(BigInt(MFT_CLUSTER), 48);
  image.writeBigUInt64LE(BigInt(MFT_CLUSTER + 8), 56);
  // a record of 2^10 bytes, an index block of one cluster
  image.writeInt8(-10, 64);
  image.writeInt8(1, 68);
  image.writeBigUInt64LE(0x5245434f4e4e5446n, 72);
  image.writeUInt16BE(0x55aa, 510);
  for (let record = 0; record < 16; record++) {
    const at = MFT_CLUSTER * CLUSTER_BYTES + record * RECORD_BYTES;
    image.write('FILE', at, 'latin1');
    image.writeUInt16LE(48, at + 4);
    image.writeUInt16LE(3, at + 6);
    image.writeUInt16LE(56, at + 20);
    image.writeUInt16LE(1, at + 22);
    image.writeUInt32LE(64, at + 24);
    image.writeUInt32LE(RECORD_BYTES, at + 28);
    image.writeUInt32LE(0xffffffff, at + 56);
  }
  image.write('hibr', HIBERFIL_CLUSTER * CLUSTER_BYTES, 'latin1');
  return image;
}
