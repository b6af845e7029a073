import { cellText, type IndexValue, type MachineIndex } from '../report/page/machine-columns.ts';

export interface TableFilter {
  search: string;
  /** number of the column; undefined: as they came */
  sortBy: number | undefined;
  isDescending: boolean;
}

export interface RowFinder {
  /** numbers of the rows that fit, in the wanted order */
  find: (wanted: TableFilter) => readonly number[];
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Searches and sorts; every word of a search must be in a row, in whatever column, shown or not. */
export function rowFinder({ columns, rows, hidden }: MachineIndex): RowFinder {
  const texts = rows.map((row, at) =>
    `${row.map((value, column) => cellText(columns[column]?.kind ?? 'text', value)).join('\n')}\n${hidden[at] ?? ''}`.toLowerCase(),
  );
  let order = { key: '', rows: rows.map((_, at) => at) };
  return {
    find: ({ search, sortBy, isDescending }) => {
      const key = `${sortBy} ${isDescending}`;
      if (order.key !== key) order = { key, rows: sorted(rows, sortBy, isDescending) };
      const words = search.toLowerCase().split(/\s+/).filter(Boolean).map(asWritten);
      if (words.length === 0) return order.rows;
      return order.rows.filter((at) => words.every((spellings) => spellings.some((word) => texts[at]?.includes(word))));
    },
  };
}

/** A MAC address is found however it is written. */
function asWritten(word: string): string[] {
  const digits = word.replaceAll(/[:.-]/g, '');
  if (!/^[0-9a-f]{12}$/.test(digits)) return [word];
  return [word, digits.replaceAll(/..(?!$)/g, '$&:')];
}

function sorted(rows: MachineIndex['rows'], sortBy: number | undefined, isDescending: boolean): number[] {
  const order = rows.map((_, at) => at);
  if (sortBy === undefined) return order;
  const sign = isDescending ? -1 : 1;
  return order.sort((a, b) => {
    const [left, right] = [rows[a]?.[sortBy] ?? null, rows[b]?.[sortBy] ?? null];
    // what was not reported comes last, whichever way
    if (left === null || right === null) return Number(left === null) - Number(right === null) || a - b;
    return sign * compared(left, right) || a - b;
  });
}

function compared(left: NonNullable<IndexValue>, right: NonNullable<IndexValue>): number {
  return typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right));
}
