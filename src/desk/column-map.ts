import { z } from 'zod';
import { nearestWord } from '../domain/values/nearest-word.ts';
import { CSV_TABLES, type CsvTableName } from '../report/export/csv-tables.ts';

/** Which columns of which tables `csv` has, in which order, under which headings: the heading first, then the column that it stands for. */
export const ColumnMap = z
  .strictObject({
    machines: headingsOf('machines').exactOptional(),
    disks: headingsOf('disks').exactOptional(),
    volumes: headingsOf('volumes').exactOptional(),
    media: headingsOf('media').exactOptional(),
    dimms: headingsOf('dimms').exactOptional(),
    nics: headingsOf('nics').exactOptional(),
  } satisfies Record<CsvTableName, unknown>)
  .refine((map) => Object.keys(map).length > 0, `it names no table: ${Object.keys(CSV_TABLES).join(', ')}`);
export type ColumnMap = z.infer<typeof ColumnMap>;

function headingsOf(table: CsvTableName) {
  const { names } = CSV_TABLES[table];
  const column = z.string().superRefine((name, context) => {
    if (names.includes(name)) return;
    const meant = nearestWord(name, names);
    const hint = meant === undefined ? `its columns are ${names.join(', ')}` : `did you mean "${meant}"?`;
    context.addIssue({ code: 'custom', message: `${table} has no column "${name}"; ${hint}` });
  });
  return z
    .record(z.string(), column)
    .refine((headings) => Object.keys(headings).length > 0, 'it has no columns: write a heading, a colon and a column')
    .refine(
      (headings) => !Object.keys(headings).some((heading) => /^\d+$/.test(heading)),
      'a heading of digits alone would lose its place: put a letter to it',
    );
}
