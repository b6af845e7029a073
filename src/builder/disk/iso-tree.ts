/** Where bytes lie in an image. */
export interface Extent {
  startBytes: number;
  sizeBytes: number;
}

/** Reads bytes of an image; fewer than asked for at its end. */
export type ReadBytes = (offsetBytes: number, sizeBytes: number) => Promise<Buffer>;

const SECTOR_BYTES = 2048;
const DESCRIPTOR_SECTOR = 16;
/** Longer than any directory of ours. */
const LARGEST_DIRECTORY_BYTES = 1024 * 1024;
const IS_DIRECTORY = 0x02;
/** the file goes on in the next record: more than 4 GiB */
const HAS_MORE = 0x80;

/**
 * Where a file lies in an ISO 9660 image, as ECMA-119 (sections 6.8, 8.4, 9.1) and Rock Ridge (IEEE P1282, `NM`) have it; undefined when there
 * is no such file in one piece. A machine that boots from a stick has no xorriso.
 */
export async function findInIso(read: ReadBytes, path: string): Promise<Extent | undefined> {
  const descriptor = await read(DESCRIPTOR_SECTOR * SECTOR_BYTES, SECTOR_BYTES);
  if (!isDescriptor(descriptor) || descriptor[0] !== 1) return undefined;
  let found: DirectoryRecord | undefined = recordAt(descriptor, 156);
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (found === undefined || (found.flags & IS_DIRECTORY) === 0 || found.sizeBytes > LARGEST_DIRECTORY_BYTES) return undefined;
    found = recordsOf(await read(found.startBytes, found.sizeBytes)).find(
      (one) => one.name === name || one.plainName === name.toUpperCase(),
    );
  }
  if (found === undefined || (found.flags & (IS_DIRECTORY | HAS_MORE)) !== 0) return undefined;
  return { startBytes: found.startBytes, sizeBytes: found.sizeBytes };
}

/**
 * Offsets of all volume descriptors of a tree that begins at `baseBytes`: 0, and with a partition that can be mounted by itself that partition.
 * None where there is no such tree.
 */
export async function descriptorOffsets(read: ReadBytes, baseBytes: number): Promise<number[]> {
  const offsets: number[] = [];
  for (let sector = DESCRIPTOR_SECTOR; sector < DESCRIPTOR_SECTOR + 16; sector++) {
    const offset = baseBytes + sector * SECTOR_BYTES;
    const descriptor = await read(offset, SECTOR_BYTES);
    // 255 ends the list
    if (!isDescriptor(descriptor) || descriptor[0] === 255) break;
    offsets.push(offset);
  }
  return offsets;
}

function isDescriptor(bytes: Buffer): boolean {
  return bytes.length === SECTOR_BYTES && bytes.toString('latin1', 1, 6) === 'CD001';
}

interface DirectoryRecord extends Extent {
  flags: number;
  /** by Rock Ridge */
  name: string | undefined;
  /** by ISO 9660, without version */
  plainName: string;
}

function recordsOf(directory: Buffer): DirectoryRecord[] {
  const records: DirectoryRecord[] = [];
  for (let at = 0; at < directory.length; ) {
    const length = directory[at] ?? 0;
    // a record does not cross the end of a sector
    if (length === 0) at = (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES;
    else {
      if (length >= 34 && at + length <= directory.length) records.push(recordAt(directory, at));
      at += length;
    }
  }
  return records;
}

function recordAt(bytes: Buffer, at: number): DirectoryRecord {
  const nameLength = bytes[at + 32] ?? 0;
  const plainName = bytes.toString('latin1', at + 33, at + 33 + nameLength).replace(/\.?(;\d+)?$/, '');
  const end = at + (bytes[at] ?? 0);
  return {
    startBytes: bytes.readUInt32LE(at + 2) * SECTOR_BYTES,
    sizeBytes: bytes.readUInt32LE(at + 10),
    flags: bytes[at + 25] ?? 0,
    plainName,
    name: rockRidgeName(bytes.subarray(at + 33 + nameLength + (nameLength % 2 === 0 ? 1 : 0), end)),
  };
}

function rockRidgeName(systemUse: Buffer): string | undefined {
  for (let at = 0; at + 5 <= systemUse.length; ) {
    const length = systemUse[at + 2] ?? 0;
    if (length < 5) return undefined;
    if (systemUse.toString('latin1', at, at + 2) === 'NM') return systemUse.toString('utf8', at + 5, at + length);
    at += length;
  }
  return undefined;
}
