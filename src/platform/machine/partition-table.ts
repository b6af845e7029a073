import { ReconError } from '../../domain/errors.ts';

const SECTOR_BYTES = 512;
const ENTRIES_OFFSET = 446;
const ENTRY_BYTES = 16;

/** A primary partition of an MBR, in bytes from the start of the disk. */
export interface Partition {
  number: number;
  type: number;
  startBytes: number;
  sizeBytes: number;
}

/**
 * Reads the four primary partitions of a master boot record (the first 512 bytes of a disk). UEFI specification, section 5.2.1.
 * @throws ReconError `not-an-image` when the signature is missing
 */
export function parsePartitionTable(sector: Uint8Array): Partition[] {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.byteLength);
  if (sector.length < SECTOR_BYTES || view.getUint16(510, true) !== 0xaa55) {
    throw new ReconError('not-an-image', 'this is no disk image: it has no partition table');
  }
  return [0, 1, 2, 3]
    .map((index) => {
      const offset = ENTRIES_OFFSET + index * ENTRY_BYTES;
      return {
        number: index + 1,
        type: view.getUint8(offset + 4),
        startBytes: view.getUint32(offset + 8, true) * SECTOR_BYTES,
        sizeBytes: view.getUint32(offset + 12, true) * SECTOR_BYTES,
      };
    })
    .filter((partition) => partition.type !== 0);
}

/** Type of a FAT32 partition with LBA addressing, which RECONDATA is. */
const FAT32_LBA = 0x0c;

/**
 * The data partition of a stick.
 * @throws ReconError `not-an-image` when there is no third partition of type 0x0c
 */
export function dataPartitionEntry(sector: Uint8Array): Partition {
  const partition = parsePartitionTable(sector).find((one) => one.number === 3 && one.type === FAT32_LBA);
  if (partition === undefined) {
    throw new ReconError('not-an-image', 'the image has no data partition (third partition, type 0x0c)', {
      hint: 'build it again: make-recipe-target <recipe> target',
    });
  }
  return partition;
}

/** The first sector of a disk with another place for one of its partitions; every other byte stays. */
export function withPartitionMoved(sector: Uint8Array, number: number, place: { startBytes: number; sizeBytes: number }): Buffer {
  const moved = Buffer.from(sector.subarray(0, SECTOR_BYTES));
  const offset = ENTRIES_OFFSET + (number - 1) * ENTRY_BYTES;
  // cylinders, heads and sectors, which nobody reads any more: these say "see the LBA fields"
  for (const at of [offset + 1, offset + 5]) moved.set([0xfe, 0xff, 0xff], at);
  moved.writeUInt32LE(place.startBytes / SECTOR_BYTES, offset + 8);
  moved.writeUInt32LE(place.sizeBytes / SECTOR_BYTES, offset + 12);
  return moved;
}

/** Number of the disk that an MBR has at byte 440; the kernel's PARTUUID of its partitions begins with it. */
export function mbrSignature(sector: Uint8Array): string {
  return Buffer.from(sector).readUInt32LE(440).toString(16).padStart(8, '0');
}
