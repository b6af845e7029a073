/** Rows on one page of the table: few enough for an old phone, enough for a rack. */
export const ROWS_PER_PAGE = 50;

export interface Page<T> {
  rows: readonly T[];
  /** from 0 */
  number: number;
  count: number;
  /** position of the first row in the whole list, from 0 */
  first: number;
}

/** One page of a list; a number behind the end gives the last page. */
export function pageOf<T>(rows: readonly T[], wanted: number, perPage: number = ROWS_PER_PAGE): Page<T> {
  const count = Math.max(1, Math.ceil(rows.length / perPage));
  const number = Math.min(Math.max(0, wanted), count - 1);
  const first = number * perPage;
  return { rows: rows.slice(first, first + perPage), number, count, first };
}
