import { LIMITS } from '../domain/api.ts';
import type { FatEntry } from '../platform/fat/directory-slots.ts';
import type { FatDirectory, FatVolume } from '../platform/fat/fat-volume.ts';
import { CAPTURE_FILE, parseRecord, RECEIPT_FILE, RECORD_FILE, startsAsReceipt } from './revisions.ts';

/** What was found so far on a stick that is not mounted. */
export interface StickSearch {
  volume: FatVolume;
  /** clusters of what is kept */
  claimed: Set<number>;
  /** entries that go */
  gone: { directory: FatDirectory; entry: FatEntry; path: string }[];
  /** directories that stay: only to these may anything be written, because the clusters of others may be somebody's data */
  kept: Set<FatDirectory>;
}

const KEPT_FILES: readonly string[] = [RECORD_FILE, CAPTURE_FILE, RECEIPT_FILE];
const MOST_RECEIPT_BYTES = 64 * 1024;

/** A revision without a receipt whose record is whole: kept as long as nothing that was acknowledged needs its clusters. */
interface Untold {
  machine: Machine;
  entry: FatEntry;
  path: string;
  clusters: readonly number[];
}

interface Machine {
  entry: FatEntry;
  path: string;
  directory: FatDirectory;
  kept: number;
}

/** Looks through records/ and drops what is half. False when nothing of it is left. */
export async function searchRecords(search: StickSearch, records: FatEntry): Promise<boolean> {
  const directory = await search.volume.directory(records);
  const machines: Machine[] = [];
  const untold: Untold[] = [];
  /** first clusters of directories: old entries of removed directories may lead to one that was seen */
  const seen = new Set<number>();
  for (const entry of directory.entries) {
    const path = `records/${entry.name}`;
    if (!entry.isDirectory || seen.has(entry.cluster)) {
      search.gone.push({ directory, entry, path });
      continue;
    }
    seen.add(entry.cluster);
    const machine = { entry, path, directory: await search.volume.directory(entry), kept: 0 };
    machines.push(machine);
    untold.push(...(await searchMachine(search, machine, seen)));
  }
  for (const { directory: own } of machines.filter(({ kept }) => kept > 0)) keep(search, own);
  for (const revision of untold) keepUntold(search, revision);
  for (const { entry, path } of machines.filter(({ kept }) => kept === 0)) search.gone.push({ directory, entry, path });
  if (machines.every(({ kept }) => kept === 0)) return false;
  keep(search, directory);
  return true;
}

/** Keeps what was acknowledged, drops what is half, and gives the rest. */
async function searchMachine(search: StickSearch, machine: Machine, seen: Set<number>): Promise<Untold[]> {
  const untold: Untold[] = [];
  for (const entry of machine.directory.entries) {
    const path = `${machine.path}/${entry.name}`;
    const revision = entry.isDirectory && !seen.has(entry.cluster) ? await search.volume.directory(entry) : undefined;
    if (entry.isDirectory) seen.add(entry.cluster);
    const state = revision === undefined ? 'half' : await stateOf(search.volume, revision);
    if (revision === undefined || state === 'half') {
      search.gone.push({ directory: machine.directory, entry, path });
      continue;
    }
    const files = revision.entries.filter(({ name }) => KEPT_FILES.includes(name));
    const clusters = [...revision.clusters, ...files.flatMap((file) => search.volume.clustersOf(file))];
    if (state === 'untold') {
      untold.push({ machine, entry, path, clusters });
      continue;
    }
    machine.kept += 1;
    for (const cluster of clusters) search.claimed.add(cluster);
    keep(search, revision);
    for (const file of revision.entries)
      if (!files.includes(file)) search.gone.push({ directory: revision, entry: file, path: `${path}/${file.name}` });
  }
  return untold;
}

/** `untold`: a whole record whose machine was never told, by this or an older version. */
async function stateOf(volume: FatVolume, revision: FatDirectory): Promise<'acknowledged' | 'untold' | 'half'> {
  const read = async (name: string, mostBytes: number): Promise<Buffer | undefined> => {
    const file = revision.entries.find((one) => one.name === name);
    return file === undefined ? undefined : await volume.read(file, mostBytes);
  };
  if (startsAsReceipt(await read(RECEIPT_FILE, MOST_RECEIPT_BYTES))) return 'acknowledged';
  const isSound = revision.startsWithDot && revision.entries.every((file) => KEPT_FILES.includes(file.name) && volume.isWhole(file));
  return isSound && parseRecord(await read(RECORD_FILE, LIMITS.recordBytes)) !== undefined ? 'untold' : 'half';
}

function keepUntold(search: StickSearch, { machine, entry, path, clusters }: Untold): void {
  const needed = machine.kept > 0 ? clusters : [...clusters, ...machine.directory.clusters];
  if (needed.some((cluster) => search.claimed.has(cluster)) || new Set(needed).size < needed.length) {
    search.gone.push({ directory: machine.directory, entry, path });
    return;
  }
  if (machine.kept === 0) keep(search, machine.directory);
  machine.kept += 1;
  for (const cluster of clusters) search.claimed.add(cluster);
}

function keep(search: StickSearch, directory: FatDirectory): void {
  for (const cluster of directory.clusters) search.claimed.add(cluster);
  search.kept.add(directory);
}
