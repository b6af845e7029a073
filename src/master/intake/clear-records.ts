import { dirname, join } from 'node:path';
import { macWithHyphens } from '../../domain/values/mac.ts';
import { namesIn, removePath } from '../../platform/files/directories.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { hashOnMedium } from '../../platform/files/hashed-files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { overwriteFiles } from '../../platform/files/overwrite-files.ts';
import { parseReceipt, RECEIPT_FILE, type StoredRevision } from '../../records/revisions.ts';
import { ledgerFile, ledgerNumber, partialNumber, VISITS_FILE } from '../../records/visit-files.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';

export type ClearOutcome =
  | { outcome: 'cleared'; name: string; files: number; left: string[] }
  /** nothing was removed */
  | { outcome: 'kept'; reason: string };

/** Which visit goes, and what of it was there when this boot began. */
export interface ClearedVisit {
  start: { id: string; number: number };
  own: readonly Pick<StoredRevision, 'directory'>[];
}

const PARTIAL = 'partial';

interface ClearInput {
  /** the data partition; nothing serves it any more */
  directory: string;
  /** the encrypted tarball of all that is to go */
  sealed: SealedTarball;
  /** what other visits left is not in the tarball, and stays; without it nothing is of another one */
  visit?: ClearedVisit;
  /** writes the file system out to the medium */
  sync: () => Promise<void>;
}

/**
 * Removes what can be read beside an encrypted tarball: the records that are in it, older ones of the same machines, and what lies
 * beside them. What earlier visits left stays, and is named. Only after the tarball is whole, was read back from the medium, and has a name that no later visit replaces.
 */
export async function clearRecords({ directory, sealed, visit, sync }: ClearInput): Promise<ClearOutcome> {
  const { holds, notes = [], path } = sealed;
  if (!path.endsWith('.age')) return { outcome: 'kept', reason: 'the tarball is not encrypted' };
  if (holds === undefined || notes.length > 0)
    return { outcome: 'kept', reason: `the tarball does not hold everything: ${notes[0] ?? 'it is not known what it holds'}` };
  const onMedium = await hashOnMedium(path);
  if (onMedium.sha256 !== sealed.sha256 || onMedium.sizeBytes !== sealed.sizeBytes)
    return { outcome: 'kept', reason: `${sealed.name} does not read back as it was written: the stick may be failing` };
  const name = await freeName(dirname(path), sealed.name);
  await movePath(path, join(dirname(path), name));
  // nothing that is in it goes before its new name is on the medium
  await sync();
  let files = await overwriteAndRemove(
    [...(await containedFolders(directory, holds, visit)), ...(await filesBeside(directory, visit))],
    sync,
  );
  const left = await leftovers(directory);
  const visits = join(directory, VISITS_FILE);
  if (left.length > 0) left.push(...((await exists(visits)) ? [VISITS_FILE] : []));
  else if (await exists(visits)) files += await overwriteAndRemove([visits], sync);
  await sync();
  return { outcome: 'cleared', name, files, left };
}

/** A later visit of the same day makes a tarball of the usual name, without these records. */
async function freeName(directory: string, name: string): Promise<string> {
  const stem = name.replace(/\.tar\.gz\.age$/, '');
  for (let number = 1; ; number += 1) {
    const free = `${stem}-final${number === 1 ? '' : `-${number}`}.tar.gz.age`;
    if (!(await exists(join(directory, free)))) return free;
  }
}

async function overwriteAndRemove(gone: readonly string[], sync: () => Promise<void>): Promise<number> {
  let files = 0;
  for (const one of gone) files += await overwriteFiles(one);
  // what is removed before the zeros are out is never written to
  await sync();
  for (const one of gone) await removePath(one);
  return files;
}

/** Folders of the revisions that are in the tarball, and of those of the same visit that they took the place of. */
async function containedFolders(
  directory: string,
  holds: NonNullable<SealedTarball['holds']>,
  visit: ClearedVisit | undefined,
): Promise<string[]> {
  const folders: string[] = [];
  for (const { mac, revision } of holds) {
    const machine = join(directory, 'records', macWithHyphens(mac));
    const names = (await namesIn(machine)).filter((name) => /^\d+$/.test(name) && Number(name) <= revision);
    for (const folder of names.map((name) => join(machine, name))) if (await isOf(visit, folder)) folders.push(folder);
  }
  return folders;
}

/** One without a receipt is of the visit when this boot has found it to be; what is damaged may be anybody's. */
async function isOf(visit: ClearedVisit | undefined, folder: string): Promise<boolean> {
  if (visit === undefined || visit.own.some((one) => one.directory === folder)) return true;
  return parseReceipt(await readOrUndefined(join(folder, RECEIPT_FILE)))?.visit?.id === visit.start.id;
}

/** What lies beside the records of the visit; half uploads count as none. */
async function filesBeside(directory: string, visit: ClearedVisit | undefined): Promise<string[]> {
  const { number } = visit?.start ?? { number: 1 };
  const partial = await namesIn(join(directory, PARTIAL)).catch((): string[] => []);
  const own = partial.filter((name) => partialNumber(name) === number).map((name) => join(PARTIAL, name));
  return ['incoming', ledgerFile(number), ...own].map((one) => join(directory, one));
}

/** Empty folders go; what is not in the tarball stays, and is named. */
async function leftovers(directory: string): Promise<string[]> {
  const records = join(directory, 'records');
  const left: string[] = [];
  for (const machine of (await exists(records)) ? await namesIn(records) : []) {
    const names = await namesIn(join(records, machine)).catch(() => ['']);
    if (names.length === 0) await removePath(join(records, machine));
    else left.push(`records/${machine}`);
  }
  if (left.length === 0) await removePath(records);
  const partial = await namesIn(join(directory, PARTIAL)).catch((): string[] => []);
  if (partial.length === 0) await removePath(join(directory, PARTIAL));
  const ledgers = (await namesIn(directory)).filter((name) => ledgerNumber(name) !== undefined);
  return [...left, ...partial.map((name) => join(PARTIAL, name)), ...ledgers];
}
