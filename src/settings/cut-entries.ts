import { areCommasRight, type BracedList, bracedList, jsonKey } from './braced-list.ts';
import type { EntryText } from './entry-text.ts';
import { type CutBefore, recut } from './recut.ts';

/** A file that is a list of entries; head, entries and tail are all of it, letter for letter. */
export interface CutText {
  head: string;
  entries: EntryText[];
  tail: string;
}

/**
 * Cuts a file of settings in front of each entry of its map, or of the map below one key of it, without reading what they say. Undefined where they do not
 * plainly stand one below the other, each with its key in front: JSON that is one line, a file of several documents, keys that YAML takes for numbers. Pure.
 */
export function cutEntries(text: string, below?: string): CutText | undefined {
  if (below === undefined) {
    const braced = bracedList(text);
    if (braced !== undefined) return cutBraced(braced);
    const head = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?/.exec(text)?.[0] ?? '';
    const entries = entriesIn(text.slice(head.length), '', linesIn(head));
    return entries === undefined ? undefined : { head, entries, tail: '' };
  }
  const whole = cutEntries(text);
  const at = whole?.entries.findIndex(({ key }) => key === below) ?? -1;
  const around = whole?.entries[at];
  const first = around === undefined ? undefined : /^[^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(around.text)?.[0];
  if (whole === undefined || around === undefined || first === undefined) return undefined;
  const inner = around.text.slice(first.length);
  const indent = /^ +(?=\S)/.exec(inner)?.[0];
  const entries = indent === undefined ? undefined : entriesIn(inner, indent, around.line - 1 + linesIn(first));
  if (entries === undefined) return undefined;
  const [before, after] = [whole.entries.slice(0, at), whole.entries.slice(at + 1)].map((some) => some.map((one) => one.text).join(''));
  return { head: `${whole.head}${before}${first}`, entries, tail: after ?? '' };
}

function cutBraced({ head, inner, tail, indent }: BracedList): CutText | undefined {
  const entries = entriesIn(inner, indent, linesIn(head), true);
  return entries === undefined || !areCommasRight(entries) ? undefined : { head, entries, tail };
}

/** A bracket that ends what was begun above stands at the edge, too. */
const startsAt = (indent: string): RegExp => new RegExp(`(?<![^\\n])(?=${indent}[^\\s#}\\]])`);

/** A text of so many letters is cut in no time. */
const SMALL = 20_000;

/** What was cut last: a change is thought out on a text, checked, written down, and read again. */
const cutBefore: (CutBefore & { indent: string; linesBefore: number; isBraced: boolean })[] = [];
const MOST_CUT = 4;

function entriesIn(text: string, indent: string, linesBefore: number, isBraced = false): EntryText[] | undefined {
  if (text.length < SMALL) return cutAnew(text, indent, linesBefore, isBraced);
  const alike = cutBefore.filter((one) => one.indent === indent && one.linesBefore === linesBefore && one.isBraced === isBraced);
  const same = alike.find((one) => one.text === text);
  if (same !== undefined) return [...same.entries];
  const [before] = alike;
  const again = before === undefined ? undefined : recut(before, text, (part, lines) => cutAnew(part, indent, lines, isBraced));
  const entries = again ?? cutAnew(text, indent, linesBefore, isBraced);
  if (entries === undefined) return undefined;
  cutBefore.splice(MOST_CUT - 1);
  cutBefore.unshift({ text, entries, indent, linesBefore, isBraced });
  return [...entries];
}

function cutAnew(text: string, indent: string, linesBefore: number, isBraced: boolean): EntryText[] | undefined {
  if (indent !== '' && new RegExp(`(?<![^\\n])(?! *#)(?=\\S| {0,${indent.length - 1}}[^ \\r\\n])`).test(text)) return undefined;
  const entries: EntryText[] = [];
  let line = linesBefore + 1;
  for (const part of text.split(startsAt(indent))) {
    const key = isBraced ? jsonKey(part) : keyOf(part.slice(indent.length));
    if (key === undefined || !part.startsWith(indent)) return undefined;
    entries.push({ key, text: part, line, ...(isBraced ? { isBraced } : {}) });
    line += linesIn(part);
  }
  return entries;
}

function keyOf(text: string): string | undefined {
  const [, single, double, bare] = /^(?:'([^'\n]*)'|"([^"\\\n]*)"|([A-Za-z0-9][A-Za-z0-9_.-]*))[ \t]*:(?=[ \t\r\n]|$)/.exec(text) ?? [];
  if (bare === undefined) return single ?? double;
  const isNumber = !Number.isNaN(Number(bare)) && String(Number(bare)) !== bare;
  return isNumber || /^(null|true|false)$/i.test(bare) ? undefined : bare;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
