/** What a list is sorted by. */
export interface Sorting<Key> {
  sort: Key;
  isDescending: boolean;
}

/** Rows by a key; equal ones by `tie`, so that they do not jump about. */
export function ordered<Row>(
  rows: readonly Row[],
  { key, tie, isDescending }: { key: (row: Row) => string | number; tie: (row: Row) => string; isDescending: boolean },
): Row[] {
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => sign * compare(a.key, b.key) || compare(tie(a.row), tie(b.row)))
    .map(({ row }) => row);
}

/** The words of a search, for texts in small letters. */
export function searchWords(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/** A MAC address in each of its spellings. */
export function macSpellings(mac: string): string[] {
  return [mac, mac.replaceAll(':', '-'), mac.replaceAll(':', '')];
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
