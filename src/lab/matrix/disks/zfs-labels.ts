const LABEL_BYTES = 256 * 1024;
const UBERBLOCKS_OFFSET = 128 * 1024;
const UBERBLOCK_BYTES = 1024;

/** The four labels of a member of a ZFS pool, two at either end of the disk: rings of uberblocks. ZFS On-Disk Specification, section 1.2. */
export function zfsLabels(diskSizeBytes: number): { offsetBytes: number; bytes: Buffer }[] {
  const end = Math.floor(diskSizeBytes / LABEL_BYTES) * LABEL_BYTES;
  return [0, LABEL_BYTES, end - 2 * LABEL_BYTES, end - LABEL_BYTES].map((offsetBytes) => ({ offsetBytes, bytes: label() }));
}

function label(): Buffer {
  const bytes = Buffer.alloc(LABEL_BYTES);
  for (let at = UBERBLOCKS_OFFSET, transaction = 1n; at < LABEL_BYTES; at += UBERBLOCK_BYTES, transaction++) {
    bytes.writeBigUInt64LE(0x00bab10cn, at);
    bytes.writeBigUInt64LE(5000n, at + 8);
    bytes.writeBigUInt64LE(transaction, at + 16);
    bytes.writeBigUInt64LE(0x5245434f4en, at + 24);
    bytes.writeBigUInt64LE(1577934245n, at + 32);
  }
  return bytes;
}
