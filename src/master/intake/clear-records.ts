import { dirname, join } from 'node:path';
import { macWithHyphens } from '../../domain/values/mac.ts';
import { namesIn, removePath } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import { hashOnMedium } from '../../platform/files/hashed-files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { overwriteFiles } from '../../platform/files/overwrite-files.ts';
import type { SealedTarball } from '../../seal/seal-tarball.ts';

export type ClearOutcome =
  | { outcome: 'cleared'; name: string; files: number; left: string[] }
  /** nothing was removed */
  | { outcome: 'kept'; reason: string };

/** What lies beside the records; half uploads count as none. */
const BESIDE = ['incoming', 'partial', 'ledger.jsonl'] as const;

interface ClearInput {
  /** the data partition; nothing serves it any more */
  directory: string;
  /** the encrypted tarball of all that is to go */
  sealed: SealedTarball;
  /** writes the file system out to the medium */
  sync: () => Promise<void>;
}

/**
 * Removes what can be read beside an encrypted tarball: the records that are in it, older ones of the same machines, and what lies
 * beside them. Only after the tarball is whole, was read back from the medium, and has a name that no later visit replaces.
 */
export async function clearRecords({ directory, sealed, sync }: ClearInput): Promise<ClearOutcome> {
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
  const gone = [...(await containedFolders(directory, holds)), ...BESIDE.map((one) => join(directory, one))];
  let files = 0;
  for (const one of gone) files += await overwriteFiles(one);
  // what is removed before the zeros are out is never written to
  await sync();
  for (const one of gone) await removePath(one);
  const left = await leftovers(directory);
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

/** Folders of the revisions that are in the tarball, and of those that they took the place of. */
async function containedFolders(directory: string, holds: NonNullable<SealedTarball['holds']>): Promise<string[]> {
  const folders: string[] = [];
  for (const { mac, revision } of holds) {
    const machine = join(directory, 'records', macWithHyphens(mac));
    for (const name of await namesIn(machine)) if (/^\d+$/.test(name) && Number(name) <= revision) folders.push(join(machine, name));
  }
  return folders;
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
  return left;
}
