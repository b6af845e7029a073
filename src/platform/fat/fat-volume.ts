import { type FatEntry, FREED, readDirectorySlots, SLOT_BYTES } from './directory-slots.ts';
import { type FatLayout, FIRST_CLUSTER, fatLayout } from './fat-layout.ts';

/** Bytes that are read, and perhaps written, at offsets. */
export interface FatImage {
  read(offsetBytes: number, sizeBytes: number): Promise<Buffer>;
  write(offsetBytes: number, bytes: Uint8Array): Promise<void>;
}

/** A directory, and what can be done to it. */
export interface FatDirectory {
  entries: readonly FatEntry[];
  clusters: readonly number[];
  /** its first entry is `.`, as in each directory but the root */
  startsWithDot: boolean;
  /** whether it stands behind a slot that hides it */
  isHidden(entry: FatEntry): boolean;
  /** offsets on the image of slots that hide what follows, and of parts of long names without an entry */
  holes: readonly number[];
  strays: readonly number[];
  /** where the slots of an entry stand on the image, in bytes */
  placesOf(entry: FatEntry): number[];
}

/** A FAT32 file system that is not mounted. */
export interface FatVolume {
  /** without an entry: the root */
  directory(entry?: FatEntry): Promise<FatDirectory>;
  /** the clusters of a file or directory; a chain that leads nowhere ends there */
  clustersOf(entry: Pick<FatEntry, 'cluster'>): number[];
  /** whether a file has as many clusters as its size wants; a directory, any */
  isWhole(entry: FatEntry): boolean;
  /** the content of its clusters, a piece at a time, up to the end of the last one; without an entry: of the root */
  pieces(entry?: Pick<FatEntry, 'cluster'>): AsyncGenerator<Buffer>;
  /** undefined when its clusters do not hold all of it, or it is larger than that */
  read(file: FatEntry, mostBytes: number): Promise<Buffer | undefined>;
  /** marks slots free, without a touch to any cluster */
  free(places: readonly number[]): Promise<void>;
}

/** A file may be larger than the memory. */
const PIECE_BYTES = 1024 * 1024;
const CLUSTER_BITS = 0x0fffffff;
/** A directory has at most 65,536 slots. */
const MOST_DIRECTORY_BYTES = 65_536 * SLOT_BYTES;

/** Opens a file system that starts so many bytes into an image; undefined when there is no FAT32 there. */
export async function openFatVolume(image: FatImage, startBytes = 0): Promise<FatVolume | undefined> {
  const layout = fatLayout(await image.read(startBytes, 512));
  if (layout === undefined) return undefined;
  const table = await image.read(startBytes + layout.tableStartBytes, layout.tableBytes);
  if (table.length < layout.endCluster * 4) return undefined;
  const offsetOf = (cluster: number): number => startBytes + layout.dataStartBytes + (cluster - FIRST_CLUSTER) * layout.clusterBytes;
  const bytesOf = async (clusters: readonly number[]): Promise<Buffer> =>
    Buffer.concat(await inTurn(runsOf(clusters), ({ first, count }) => image.read(offsetOf(first), count * layout.clusterBytes)));
  return {
    clustersOf: ({ cluster }) => chain(table, layout, cluster),
    isWhole: (entry) => {
      const { length } = chain(table, layout, entry.cluster);
      return entry.isDirectory ? length > 0 : length === Math.ceil(entry.sizeBytes / layout.clusterBytes);
    },
    directory: async (entry) => {
      const most = Math.ceil(MOST_DIRECTORY_BYTES / layout.clusterBytes);
      const clusters = chain(table, layout, entry?.cluster ?? layout.rootCluster).slice(0, most);
      const { entries, holes, strays } = readDirectorySlots(await bytesOf(clusters));
      const offset = (place: number): number =>
        offsetOf(clusters[Math.floor((place * SLOT_BYTES) / layout.clusterBytes)] ?? 0) + ((place * SLOT_BYTES) % layout.clusterBytes);
      return {
        entries: entries.filter(({ name }) => !isDots(name)),
        clusters,
        startsWithDot: entries[0]?.name === '.' && entries[0].slots[0] === 0,
        isHidden: ({ slots }) => holes.some((hole) => hole < (slots[0] ?? 0)),
        holes: holes.map(offset),
        strays: strays.map(offset),
        placesOf: ({ slots }) => slots.map(offset),
      };
    },
    pieces: async function* (entry) {
      const most = Math.max(1, Math.floor(PIECE_BYTES / layout.clusterBytes));
      for (const { first, count } of runsOf(chain(table, layout, entry?.cluster ?? layout.rootCluster)))
        for (let at = 0; at < count; at += most)
          yield await image.read(offsetOf(first + at), Math.min(most, count - at) * layout.clusterBytes);
    },
    read: async (file, mostBytes) => {
      if (file.sizeBytes > mostBytes) return undefined;
      const clusters = chain(table, layout, file.cluster).slice(0, Math.ceil(file.sizeBytes / layout.clusterBytes));
      const bytes = await bytesOf(clusters);
      return bytes.length < file.sizeBytes ? undefined : bytes.subarray(0, file.sizeBytes);
    },
    free: async (places) => {
      for (const place of places) await image.write(place, Uint8Array.of(FREED));
    },
  };
}

function isDots(name: string): boolean {
  return name === '.' || name === '..';
}

function chain(table: Buffer, { endCluster }: FatLayout, first: number): number[] {
  const clusters: number[] = [];
  const seen = new Set<number>();
  for (let cluster = first; cluster >= FIRST_CLUSTER && cluster < endCluster && !seen.has(cluster); ) {
    const next = table.readUInt32LE(cluster * 4) & CLUSTER_BITS;
    // a free cluster belongs to nobody, whatever points at it
    if (next === 0) break;
    clusters.push(cluster);
    seen.add(cluster);
    // the mark of an end is larger than any cluster
    cluster = next;
  }
  return clusters;
}

/** Neighbours are read at once. */
function runsOf(clusters: readonly number[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const cluster of clusters) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === cluster) last.count += 1;
    else runs.push({ first: cluster, count: 1 });
  }
  return runs;
}

async function inTurn<From, To>(items: readonly From[], work: (item: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
