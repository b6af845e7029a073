/** Where the parts of a FAT32 file system lie, in bytes from its start. Microsoft's FAT specification 1.03, sections 3 and 4. */
export interface FatLayout {
  clusterBytes: number;
  /** the first table; the others are copies */
  tableStartBytes: number;
  tableBytes: number;
  dataStartBytes: number;
  /** first cluster of the root directory */
  rootCluster: number;
  /** number of the last cluster, and 1 more */
  endCluster: number;
}

/** Reads the first sector; undefined when that is no FAT32 file system. */
export function fatLayout(sector: Buffer): FatLayout | undefined {
  if (sector.length < 512 || sector.readUInt16BE(510) !== 0x55aa) return undefined;
  const sectorBytes = sector.readUInt16LE(11);
  const sectorsPerCluster = sector.readUInt8(13);
  const reservedSectors = sector.readUInt16LE(14);
  const tables = sector.readUInt8(16);
  const sectors = sector.readUInt32LE(32);
  const tableSectors = sector.readUInt32LE(36);
  const rootCluster = sector.readUInt32LE(44);
  // FAT12 and FAT16 have a root directory of fixed size and a 16-bit size of the table
  const isFat32 = sector.readUInt16LE(17) === 0 && sector.readUInt16LE(22) === 0;
  const isPowerOfTwo = (value: number): boolean => value > 0 && (value & (value - 1)) === 0;
  if (!isFat32 || sectorBytes < 512 || !isPowerOfTwo(sectorBytes) || !isPowerOfTwo(sectorsPerCluster)) return undefined;
  if (reservedSectors === 0 || tables === 0) return undefined;
  const dataSector = reservedSectors + tables * tableSectors;
  const clusters = Math.min(Math.floor((sectors - dataSector) / sectorsPerCluster), (tableSectors * sectorBytes) / 4 - FIRST_CLUSTER);
  if (clusters < 1) return undefined;
  return {
    clusterBytes: sectorBytes * sectorsPerCluster,
    tableStartBytes: reservedSectors * sectorBytes,
    tableBytes: tableSectors * sectorBytes,
    dataStartBytes: dataSector * sectorBytes,
    rootCluster,
    endCluster: clusters + FIRST_CLUSTER,
  };
}

/** Clusters are counted from 2. */
export const FIRST_CLUSTER = 2;
