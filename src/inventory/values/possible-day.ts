import type { Capture } from '../../domain/capture.ts';
import { FIRST_DAY } from '../../domain/visit/possible-time.ts';

/** A firmware's author may be a day ahead of the machine's clock, whatever its zone. */
const ZONES_MS = 2 * 24 * 3600 * 1000;
/** For captures that do not tell when they were made, or were made by a clock that was not set: nobody runs this release so long. */
const RELEASE_YEARS = 10;

/** The last day that a text of this capture can speak of. By its own clock, so that the same capture gives the same record at any time. */
export function lastPossibleDay({ index }: Pick<Capture, 'index'>): Date {
  const taken = Date.parse(index.takenAt ?? '');
  const first = Date.parse(FIRST_DAY);
  if (taken >= first) return new Date(taken + ZONES_MS);
  const last = new Date(first);
  last.setUTCFullYear(last.getUTCFullYear() + RELEASE_YEARS);
  return last;
}

/** Whether a printed date lies behind that day. What is read as no date is as it is. */
export function isAfter(last: Date, printed: string | undefined): boolean {
  const day = printedDay(printed);
  return day !== undefined && day > last.getTime();
}

/** `09/21/2023`, `2023-09-21`, `Sep 21 2023`, `Thu Sep 21 12:00:00 2023`, with a time behind it or not. A year of two digits is of the last century (SMBIOS 3.7, 7.1). */
function printedDay(printed: string | undefined): number | undefined {
  const text = printed ?? '';
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text) ?? [];
  const [, iso] = /^(\d{4}-\d{2}-\d{2})\b/.exec(text) ?? [];
  const [, words, late] = /^(?:[a-z]{3},? )?([a-z]{3} +\d{1,2}),?(?: [\d:]+)? (\d{4})\b/i.exec(text) ?? [];
  const found = Date.parse(year !== undefined ? `${year}-${pad(month)}-${pad(day)}` : (iso ?? `${words} ${late} UTC`));
  return Number.isNaN(found) ? undefined : found;
}

const pad = (digits = ''): string => digits.padStart(2, '0');
