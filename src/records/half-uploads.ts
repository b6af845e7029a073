import type { FatEntry } from '../platform/fat/directory-slots.ts';
import type { FatDirectory, FatVolume } from '../platform/fat/fat-volume.ts';
import { ENCRYPTED_FOLDER } from './encrypted-files.ts';
import { type StickSearch, searchRecords } from './search-records.ts';

/** What was unlinked, for the log. */
export interface Unlinked {
  /** paths on the stick */
  paths: string[];
  /** slots that hid other entries, and parts of names without an entry */
  slots: number;
}

/** Where an upload lies before its record is whole, and a tarball before it was read back. */
const NEVER_WHOLE = /^(incoming|\.recon-.*\.part|\.seal-spool)$/i;
const TARBALL = /^recon-.*\.tar\.gz(\.age)?$/;
const PARTIAL_DIRECTORY = 'partial';
const PARTIAL_FILE = /^[0-9a-f-]{17}(\.\d{1,6})?\.jsonl$/;

/**
 * Takes what was never acknowledged out of its directories, on a stick that is not mounted, before any repair looks at it. After a yank such
 * an entry may point at clusters that belong to a record: a repair would cut one of the two, and a mounted file system that removes the entry
 * frees the clusters of both. So only the entries go, and no cluster is touched; whatever belongs to nobody then, the repair gives back.
 *
 * Ciphertext (`encryptRecords`) is acknowledged only when it is whole on the medium: half a file of it goes, too.
 *
 * Kept is every revision with a receipt, whatever else is wrong with it. What else claims one of their clusters, or of a tarball's, goes too.
 */
export async function unlinkHalfUploads(volume: FatVolume): Promise<Unlinked> {
  const root = await volume.directory();
  const search: StickSearch = { volume, claimed: new Set(root.clusters), gone: [], kept: new Set([root]) };
  const others: FatEntry[] = [];
  for (const entry of root.entries) {
    if (NEVER_WHOLE.test(entry.name) || isLeftover(volume, root, entry)) search.gone.push({ directory: root, entry, path: entry.name });
    else others.push(entry);
  }
  // a tarball is put in its place when it is whole: of two claims on a cluster the other one is wrong
  for (const entry of others.filter(({ name }) => TARBALL.test(name)))
    for (const cluster of volume.clustersOf(entry)) search.claimed.add(cluster);
  for (const entry of others.filter(isRecords))
    if (!(await searchRecords(search, entry))) search.gone.push({ directory: root, entry, path: entry.name });
  const seen = new Set<number>();
  for (const entry of others.filter((one) => !isRecords(one) && !TARBALL.test(one.name)))
    await dropClaimants(search, { directory: root, entry, path: entry.name }, seen);
  return await unlink(search);
}

async function unlink({ volume, gone, kept }: StickSearch): Promise<Unlinked> {
  const entries = gone.filter(({ directory }) => kept.has(directory));
  const slots = [...kept].flatMap(({ holes, strays }) => [...holes, ...strays]);
  await volume.free([...entries.flatMap(({ directory, entry }) => directory.placesOf(entry)), ...slots]);
  return { paths: entries.map(({ path }) => path), slots: slots.length };
}

function isRecords({ name, isDirectory }: FatEntry): boolean {
  return isDirectory && name === 'records';
}

/** What the cluster of a directory held before it was the directory's, seen because the power went before it was cleared. */
function isLeftover(volume: FatVolume, directory: FatDirectory, entry: FatEntry): boolean {
  if (!entry.isSound) return true;
  return directory.isHidden(entry) && !TARBALL.test(entry.name) && !volume.isWhole(entry);
}

interface Place {
  directory: FatDirectory;
  entry: FatEntry;
  path: string;
}

/** Drops an entry that claims a cluster of what is kept; looks below it when it is a directory, once: leftovers may lead in a circle. */
async function dropClaimants(search: StickSearch, place: Place, seen: Set<number>): Promise<void> {
  const { volume, claimed, gone, kept } = search;
  const { entry, path } = place;
  if (volume.clustersOf(entry).some((cluster) => claimed.has(cluster))) return void gone.push(place);
  if (!entry.isDirectory || seen.has(entry.cluster)) return;
  seen.add(entry.cluster);
  const directory = await volume.directory(entry);
  const isOurs = path === PARTIAL_DIRECTORY;
  if (isOurs && !directory.startsWithDot) return void gone.push(place);
  if (directory.startsWithDot) kept.add(directory);
  for (const one of directory.entries) {
    const below = { directory, entry: one, path: `${path}/${one.name}` };
    const isHalf = path.startsWith(`${ENCRYPTED_FOLDER}/`) && !volume.isWhole(one);
    if (isHalf || isLeftover(volume, directory, one) || (isOurs && !PARTIAL_FILE.test(one.name))) gone.push(below);
    else await dropClaimants(search, below, seen);
  }
}
