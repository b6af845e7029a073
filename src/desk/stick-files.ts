import { join } from 'node:path';
import { COLLECTORS_DIRECTORY } from '../domain/collectors.ts';
import { ReconError } from '../domain/errors.ts';
import { SITE_SETTINGS_FILE } from '../domain/site-settings.ts';
import type { FatEntry } from '../platform/fat/directory-slots.ts';
import { type FatVolume, openFatVolume } from '../platform/fat/fat-volume.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { writeHashed } from '../platform/files/hashed-files.ts';
import { openRawImage, type RawImage } from '../platform/machine/raw-image.ts';
import { ENCRYPTED_FOLDER } from '../records/encrypted-files.ts';
import { ledgerNumber, VISITS_FILE } from '../records/visit-files.ts';

const SECTOR_BYTES = 512;
const PARTITION_ENTRIES = { offset: 446, bytes: 16, count: 4 } as const;
const MOST_FILE_BYTES = 256 * 1024 * 1024;
/** What a tarball is made of, in the root of the stick. */
const WANTED: readonly string[] = ['records', ENCRYPTED_FOLDER, VISITS_FILE, SITE_SETTINGS_FILE];

/**
 * Copies the records of a stick that is not mounted into a directory, and gives it. `path` is a device or an image file: of a whole stick, or
 * of its partition. It is only read.
 * @throws ReconError `not-found` when there is no FAT32 file system with records
 */
export async function takeFromStick(path: string, directory: string, what: 'records' | 'settings' = 'records'): Promise<string> {
  await using image = await openRawImage(path, 'read').catch((cause: unknown) => {
    throw new ReconError('not-found', `${path} cannot be read`, { cause, hint: 'a device can only be read as root' });
  });
  for (const startBytes of await startsOf(image)) {
    const volume = await openFatVolume(image, startBytes);
    const root = await volume?.directory();
    // a new stick has no records yet: it is known by the file of settings that it carries
    const sign = what === 'records' ? ['records', ENCRYPTED_FOLDER] : ['records', ENCRYPTED_FOLDER, SITE_SETTINGS_FILE];
    if (volume === undefined || !root?.entries.some(({ name }) => sign.includes(name.toLowerCase()))) continue;
    await copyEntries(
      volume,
      root.entries.filter((entry) =>
        what === 'settings' ? isSetting(entry) : WANTED.includes(entry.name) || ledgerNumber(entry.name) !== undefined,
      ),
      directory,
    );
    return directory;
  }
  const wanted = what === 'records' ? 'records/' : SITE_SETTINGS_FILE;
  throw new ReconError('not-found', `${path} holds no FAT32 file system with ${wanted}`, {
    hint: 'name the stick, an image of it, or its partition RECONDATA',
  });
}

/** Files of the root, a list of machines among them, and the folders that a person fills. */
function isSetting({ name, isDirectory }: FatEntry): boolean {
  return isDirectory ? [COLLECTORS_DIRECTORY, 'tools'].includes(name) : !/\.(?:gz|age|jsonl)$/i.test(name);
}

/** Where file systems may begin: at the start, or where the partition table says (UEFI specification, section 5.2.1). */
async function startsOf(image: RawImage): Promise<number[]> {
  const sector = await image.read(0, SECTOR_BYTES);
  if (sector.length < SECTOR_BYTES) return [];
  const { offset, bytes, count } = PARTITION_ENTRIES;
  const partitions = Array.from({ length: count }, (_, index) => sector.readUInt32LE(offset + index * bytes + 8) * SECTOR_BYTES);
  return [0, ...partitions.filter((start) => start > 0)];
}

/** Files that are not whole are left out: the record beside them says so. Directories are followed once, whatever is damaged. */
async function copyEntries(volume: FatVolume, entries: readonly FatEntry[], to: string, seen = new Set<number>()): Promise<void> {
  await makeDirectory(to);
  for (const entry of entries) {
    const path = join(to, entry.name);
    if (!/^[^/\0]+$/.test(entry.name) || !entry.isSound) continue;
    if (entry.isDirectory) {
      if (seen.has(entry.cluster)) continue;
      seen.add(entry.cluster);
      await copyEntries(volume, (await volume.directory(entry)).entries, path, seen);
      continue;
    }
    const bytes = await volume.read(entry, MOST_FILE_BYTES);
    if (bytes !== undefined) await writeHashed(path, [bytes]).catch(() => undefined);
  }
}
