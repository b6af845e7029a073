import { commonEnd, commonStart } from '../domain/values/common-ends.ts';
import type { EntryText } from './entry-text.ts';
import { ownCopy } from './own-copy.ts';

/** A text that was cut into entries, which are all of it. */
export interface CutBefore {
  text: string;
  entries: readonly EntryText[];
}

/**
 * The entries of a text that is like one that was cut before: only what lies between the first and the last letter that differ is cut, and the entry behind it,
 * which may begin a line no more. Undefined where that cannot be cut by itself. Pure.
 * @param cut cuts a part that begins and ends between two entries, of which so many lines stand before
 */
export function recut(
  before: CutBefore,
  text: string,
  cut: (part: string, linesBefore: number) => EntryText[] | undefined,
): EntryText[] | undefined {
  const { entries } = before;
  const alike = commonStart(before.text, text);
  const alikeAtEnd = commonEnd(before.text, text, Math.min(before.text.length, text.length) - alike);
  const starts = startsOf(entries);
  const startOf = (at: number): number => starts[at] ?? before.text.length;
  const first = lastAtMost(starts, alike);
  const end = Math.min(entries.length, lastAtMost(starts, before.text.length - alikeAtEnd) + 1);
  const part = text.slice(startOf(first), text.length - (before.text.length - startOf(end)));
  const line = entries[first]?.line ?? 1;
  const between = part === '' ? [] : cut(part, line - 1);
  if (between === undefined) return undefined;
  const own = between.map((entry) => ({ ...entry, text: ownCopy(entry.text) }));
  const behind = entries.slice(end);
  const [, ...parts] = part.split('\n');
  const shift = line + parts.length - (behind[0]?.line ?? line + parts.length);
  const shifted = shift === 0 ? behind : behind.map((entry) => ({ ...entry, line: entry.line + shift }));
  return [...entries.slice(0, first), ...own, ...shifted];
}

function startsOf(entries: readonly EntryText[]): number[] {
  let start = 0;
  return entries.map(({ text }) => {
    start += text.length;
    return start - text.length;
  });
}

/** Which of these numbers, each larger than the one before, is the last that is no larger; 0 when none is. */
function lastAtMost(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
