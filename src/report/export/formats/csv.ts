import { spreadsheetLine } from '../../../domain/values/csv-line.ts';
import { chosenTables } from '../csv-tables.ts';
import type { TextFormat } from '../format.ts';

/** Six tables; the first columns, host name and MAC address, tell the machine in each of them. A map of columns says which tables and columns instead. */
export const CSV: TextFormat = {
  name: 'csv',
  about: 'six tables: machines.csv, disks.csv, volumes.csv, media.csv, dimms.csv, nics.csv; other columns by --map',
  shape: 'directory',
  takesMap: true,
  async *write(machines, _visit, _leaveOut, { columnMap }) {
    const tables = chosenTables(columnMap).map((chosen) => ({ ...chosen, file: `${chosen.name}.csv` }));
    for (const { file, headings } of tables) yield { file, text: spreadsheetLine(headings) };
    for await (const machine of machines)
      for (const { file, table, columns } of tables) {
        const lines = table.rows(machine).map((cell) => spreadsheetLine(columns.map(cell)));
        yield { file, text: lines.join('') };
      }
  },
};
