import { ReconError } from '../../domain/errors.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import type { Turns } from '../../platform/in-turns.ts';
import { withEntrySettings } from '../../settings/edit-entries.ts';
import type { SettingChange, SettingPath } from '../../settings/edit-text.ts';
import { poolFromFiles } from '../folder/parse-folder.ts';
import { mistakesText } from '../store/mistakes-text.ts';
import type { Renaming } from '../store/revision.ts';

export type PoolFiles = ReadonlyMap<string, string>;

/** A change of a pool as an edit of its files; the store checks the whole folder before anything of it is written. */
export interface PoolEdit {
  /** the change in one line, for history and audit */
  what: string;
  edit: (files: PoolFiles) => Turns<PoolFiles>;
  /** a node that gets another name by it */
  renamed?: Renaming;
}

/** One value in one file. */
export interface FileSetting {
  file: string;
  change: SettingChange;
}

/** The pool that these files say. @throws ReconError `pool-broken` */
export function poolOf(files: PoolFiles): Pool {
  const outcome = poolFromFiles(files);
  if (outcome.outcome === 'ok') return outcome.pool;
  throw new ReconError('pool-broken', 'the pool contradicts itself', { hint: mistakesText(outcome.mistakes) });
}

/** The files with values set in them; each file is read and written once, and one that becomes empty goes away. */
export function* withFileSettings(files: PoolFiles, settings: readonly FileSetting[]): Turns<PoolFiles> {
  const changed = new Map(files);
  for (const [file, ofFile] of Map.groupBy(settings, (setting) => setting.file)) {
    const text = yield* withEntrySettings(
      files.get(file) ?? '',
      ofFile.map(({ change }) => change),
    );
    if (text === '') changed.delete(file);
    else changed.set(file, text);
  }
  return changed;
}

/** Where a node or group is written, or where a new one goes. */
export function writtenAt(pool: Pick<Pool, 'places'>, kind: 'node' | 'group', name: string): { file: string; path: SettingPath } {
  const file = pool.places.get(`${kind} ${name}`)?.replace(/ line \d+$/, '') ?? `${kind}s.yaml`;
  return { file, path: file === 'pool.yaml' ? [`${kind}s`, name] : [name] };
}

/** Settings of one node or group; `null` takes one out. */
export function keySettings({ file, path }: { file: string; path: SettingPath }, values: Readonly<Record<string, unknown>>): FileSetting[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ file, change: [[...path, key], value === null ? undefined : value] }],
  );
}
