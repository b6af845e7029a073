import { FIRST_CLUSTER } from './fat-layout.ts';

/** Where the parts of a new FAT32 file system lie, in sectors of 512 bytes from its start. Microsoft's FAT specification 1.03, section 3. */
export interface NewFat {
  sectors: number;
  sectorsPerCluster: number;
  reservedSectors: number;
  tableSectors: number;
  clusters: number;
}

export const FAT_SECTOR_BYTES = 512;
export const FAT_TABLES = 2;
/** With fewer clusters it would be taken for FAT16. The specification wants 65,525; it also says to keep away from that number. */
const FEWEST_CLUSTERS = 65_525 + 16;
/** What mkfs.vfat and Windows take: up to so many GiB clusters of so many sectors. */
const CLUSTER_SIZES = [
  [8, 8],
  [16, 16],
  [32, 32],
  [Number.POSITIVE_INFINITY, 64],
] as const;
const GIB_SECTORS = 1024 ** 3 / FAT_SECTOR_BYTES;
/** The data begins at a whole MiB, where a stick's own blocks begin. */
const ALIGNMENT_SECTORS = 2048;
const BACKUP_SECTOR = 6;
const INFO_SECTOR = 1;
const ENTRIES_PER_SECTOR = FAT_SECTOR_BYTES / 4;

/** Lays out a file system of so many sectors; undefined when there are too few of them for FAT32. */
export function newFat(sectors: number): NewFat | undefined {
  const usual = CLUSTER_SIZES.find(([gib]) => sectors <= gib * GIB_SECTORS)?.[1] ?? 64;
  for (let sectorsPerCluster: number = usual; sectorsPerCluster >= 1; sectorsPerCluster /= 2) {
    const fat = laidOut(sectors, sectorsPerCluster);
    if (fat.clusters >= FEWEST_CLUSTERS) return fat;
  }
  return undefined;
}

function laidOut(sectors: number, sectorsPerCluster: number): NewFat {
  // room for more clusters than there will be: the tables themselves take some
  const tableSectors = Math.ceil((sectors / sectorsPerCluster + FIRST_CLUSTER) / ENTRIES_PER_SECTOR);
  const dataSector = Math.ceil((BACKUP_SECTOR + 26 + FAT_TABLES * tableSectors) / ALIGNMENT_SECTORS) * ALIGNMENT_SECTORS;
  return {
    ...{ sectors, sectorsPerCluster, tableSectors, reservedSectors: dataSector - FAT_TABLES * tableSectors },
    clusters: Math.max(0, Math.floor((sectors - dataSector) / sectorsPerCluster)),
  };
}

export interface NewFatState {
  /** where the partition starts on its disk */
  startSector: number;
  volumeId: number;
  rootCluster: number;
  usedClusters: number;
}

/** The reserved sectors, up to the copy of the first one: made of the first sector of another FAT32, whose label and boot code stay. */
export function reservedSectors(other: Uint8Array, fat: NewFat, state: NewFatState): Buffer {
  const bytes = Buffer.alloc((BACKUP_SECTOR + 3) * FAT_SECTOR_BYTES);
  const boot = Buffer.from(other.subarray(0, FAT_SECTOR_BYTES));
  boot.writeUInt16LE(FAT_SECTOR_BYTES, 11);
  boot.writeUInt8(fat.sectorsPerCluster, 13);
  boot.writeUInt16LE(fat.reservedSectors, 14);
  boot.writeUInt8(FAT_TABLES, 16);
  boot.writeUInt16LE(0, 19);
  boot.writeUInt32LE(state.startSector, 28);
  boot.writeUInt32LE(fat.sectors, 32);
  boot.writeUInt32LE(fat.tableSectors, 36);
  // both tables are kept alike
  boot.writeUInt16LE(0, 40);
  boot.writeUInt32LE(state.rootCluster, 44);
  boot.writeUInt16LE(INFO_SECTOR, 48);
  boot.writeUInt16LE(BACKUP_SECTOR, 50);
  // Linux and Windows NT note here that it is in use
  boot.writeUInt8(0, 65);
  boot.writeUInt32LE(state.volumeId, 67);
  const info = Buffer.alloc(FAT_SECTOR_BYTES);
  info.writeUInt32LE(0x41615252, 0);
  info.writeUInt32LE(0x61417272, 484);
  info.writeUInt32LE(fat.clusters - state.usedClusters, 488);
  info.writeUInt32LE(FIRST_CLUSTER + state.usedClusters, 492);
  info.writeUInt32LE(0xaa550000, 508);
  const third = Buffer.alloc(FAT_SECTOR_BYTES);
  third.writeUInt16LE(0xaa55, 510);
  for (const at of [0, BACKUP_SECTOR])
    for (const [index, sector] of [boot, info, third].entries()) bytes.set(sector, (at + index) * FAT_SECTOR_BYTES);
  return bytes;
}

/** The beginning of the table: chains of neighbours, each so many clusters long, one behind the other from cluster 2 on. */
export function tableStart(chains: readonly number[]): Buffer {
  const used = chains.reduce((sum, length) => sum + length, 0);
  const table = Buffer.alloc((FIRST_CLUSTER + used) * 4);
  table.writeUInt32LE(0x0ffffff8, 0);
  // its two upper bits say that the file system was unmounted, and had no errors
  table.writeUInt32LE(END_OF_CHAIN, 4);
  let cluster = FIRST_CLUSTER;
  for (const length of chains) {
    for (let index = 1; index <= length; index += 1, cluster += 1)
      table.writeUInt32LE(index === length ? END_OF_CHAIN : cluster + 1, cluster * 4);
  }
  return table;
}

const END_OF_CHAIN = 0x0fffffff;
