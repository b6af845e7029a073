import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import type { ExportFormat, ExportGiven } from '../report/export/format.ts';
import { type KnownList, knownList } from '../report/export/known-list.ts';
import { exportSettings } from '../report/export/settings.ts';
import { csvRows } from '../settings/csv-rows.ts';
import { savedText } from '../settings/saved-text.ts';
import { settingsFromText } from '../settings/settings-text.ts';
import { ColumnMap } from './column-map.ts';

/** What was said beside the tarball: `key=value`, and the file with the columns of `csv`. */
export interface GivenWords {
  set?: readonly string[];
  map?: string;
  /** files that the other program exported */
  known?: readonly string[];
}

/**
 * All of it read and checked against the format.
 * @throws ReconError `usage` with the file and the line of each mistake
 */
export async function exportGiven(format: ExportFormat, { set = [], map, known = [] }: GivenWords): Promise<ExportGiven> {
  if (map !== undefined && format.takesMap !== true)
    throw new ReconError('usage', `${format.name} takes no --map`, { hint: 'leave it out, or --format csv' });
  if (known.length > 0 && format.takesKnown !== true)
    throw new ReconError('usage', `${format.name} takes no --known`, { hint: 'leave it out, or --format netbox' });
  const settings = exportSettings(format, set);
  const columnMap = map === undefined ? undefined : await readColumnMap(map);
  return { settings, known: await Promise.all(known.map(readKnownList)), ...definedOnly({ columnMap }) };
}

async function readKnownList(file: string): Promise<KnownList> {
  const bytes = await readOrUndefined(file);
  if (bytes === undefined)
    throw new ReconError('usage', `there is no file ${file} that can be read`, { hint: 'in NetBox: Export, All Data (CSV)' });
  return knownList(
    file,
    csvRows(savedText(bytes).text).map(({ fields }) => fields),
  );
}

async function readColumnMap(file: string): Promise<ColumnMap> {
  const bytes = await readOrUndefined(file);
  if (bytes === undefined)
    throw new ReconError('usage', `there is no file ${file} that can be read`, { hint: 'docs/export.md, "csv", has one to copy' });
  const parsed = settingsFromText(savedText(bytes).text, ColumnMap);
  if (parsed.outcome === 'ok') return parsed.settings;
  const [first] = parsed.mistakes;
  throw new ReconError('usage', parsed.mistakes.map(({ line, message }) => `${file} line ${line}: ${message}`).join('\n'), {
    hint: first?.hint ?? 'docs/export.md, "csv", has one to copy',
  });
}
