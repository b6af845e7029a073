import { createHash } from 'node:crypto';
import { macWithHyphens } from '../../domain/values/mac.ts';
import type { FatEntry } from '../../platform/fat/directory-slots.ts';
import { type FatVolume, openFatVolume } from '../../platform/fat/fat-volume.ts';
import { openRawImage } from '../../platform/machine/raw-image.ts';
import { CAPTURE_FILE, RECORD_FILE } from '../../records/revisions.ts';
import type { ReceiptMark } from './guest/marks.ts';
import { PARTITION_SECTOR } from './guest/task.ts';

const MOST_FILE_BYTES = 4 * 1024 * 1024;

/**
 * What of the receipts somebody would miss who puts the pulled stick into a laptop, without any repair. A laptop stops reading a directory at its
 * first slot that was never used.
 */
export async function findMissingAtHome(stickPath: string, receipts: readonly ReceiptMark[]): Promise<string[]> {
  await using image = await openRawImage(stickPath, 'read');
  const volume = await openFatVolume(image, PARTITION_SECTOR * 512);
  if (volume === undefined) return ['at home there is no file system'];
  const seen = new Map<string, Promise<ReadonlyMap<string, FatEntry>>>();
  const missing: string[] = [];
  for (const { mac, revision, recordSha256, captureSha256 } of receipts) {
    const folder = `records/${macWithHyphens(mac)}/${String(revision).padStart(4, '0')}`;
    const isThere =
      (await hasFile(volume, seen, folder, RECORD_FILE, recordSha256)) &&
      (captureSha256 === undefined || (await hasFile(volume, seen, folder, CAPTURE_FILE, captureSha256)));
    if (!isThere) missing.push(`at home ${mac} revision ${revision} cannot be read`);
  }
  return missing;
}

type Seen = Map<string, Promise<ReadonlyMap<string, FatEntry>>>;

async function hasFile(volume: FatVolume, seen: Seen, folder: string, name: string, sha256: string): Promise<boolean> {
  const file = (await listing(volume, seen, folder)).get(name);
  const bytes = file === undefined ? undefined : await volume.read(file, MOST_FILE_BYTES);
  return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256;
}

/** What a laptop shows in a folder; each is read once. */
function listing(volume: FatVolume, seen: Seen, folder: string): Promise<ReadonlyMap<string, FatEntry>> {
  const known = seen.get(folder) ?? shown(volume, seen, folder);
  seen.set(folder, known);
  return known;
}

async function shown(volume: FatVolume, seen: Seen, folder: string): Promise<ReadonlyMap<string, FatEntry>> {
  const at = folder.lastIndexOf('/');
  const entry = folder === '' ? undefined : (await listing(volume, seen, at < 0 ? '' : folder.slice(0, at))).get(folder.slice(at + 1));
  if (folder !== '' && entry === undefined) return new Map();
  const directory = await volume.directory(entry);
  return new Map(directory.entries.filter((one) => !directory.isHidden(one)).map((one) => [one.name, one]));
}
