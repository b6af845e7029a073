import { spreadsheetLine } from '../../../domain/values/csv-line.ts';
import { CSV_TABLES, type CsvTable, type CsvTableName } from '../csv-tables.ts';
import type { ExportFormat } from '../format.ts';

/** Six tables; the first columns, host name and MAC address, tell the machine in each of them. A map of columns says which tables and columns instead. */
export const CSV: ExportFormat = {
  name: 'csv',
  about: 'six tables: machines.csv, disks.csv, volumes.csv, media.csv, dimms.csv, nics.csv; other columns by --map',
  shape: 'directory',
  takesMap: true,
  async *write(machines, _visit, _leaveOut, { columnMap }) {
    const names = Object.keys(CSV_TABLES) as CsvTableName[];
    const tables = names.flatMap((name) => {
      const table: CsvTable = CSV_TABLES[name];
      const usual = Object.fromEntries(table.usual.map((column) => [column, column]));
      const headings = columnMap === undefined ? usual : columnMap[name];
      return headings === undefined
        ? []
        : [{ file: `${name}.csv`, table, headings: Object.keys(headings), columns: Object.values(headings) }];
    });
    for (const { file, headings } of tables) yield { file, text: spreadsheetLine(headings) };
    for await (const machine of machines)
      for (const { file, table, columns } of tables) {
        const lines = table.rows(machine).map((cell) => spreadsheetLine(columns.map(cell)));
        yield { file, text: lines.join('') };
      }
  },
};
