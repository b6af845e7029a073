import type { IndexColumn } from '../report/page/machine-columns.ts';

const KEY = 'recon-report-columns';

/** The columns that were chosen last time in this browser, or the usual ones. */
export function rememberedColumns(columns: readonly IndexColumn[]): Set<string> {
  const changes = new Map(Object.entries(read()));
  return new Set(columns.filter(({ id, isShown }) => changes.get(id) ?? isShown).map(({ id }) => id));
}

/** Keeps only what differs from the usual, so that reports with other columns are as usual there. */
export function rememberColumns(columns: readonly IndexColumn[], shown: ReadonlySet<string>): void {
  const changes = columns.filter(({ id, isShown }) => shown.has(id) !== isShown).map(({ id }) => [id, shown.has(id)] as const);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(changes)));
  } catch {
    // a page from disk may be denied storage: the choice then lasts as long as the page
  }
}

function read(): Record<string, boolean> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, boolean>) : {};
  } catch {
    return {};
  }
}
