import type { z } from 'zod';
import { type EntryText, textAlone } from './entry-text.ts';
import type { SettingsMistake } from './mistake.ts';
import { ownCopy } from './own-copy.ts';
import { locatedSettings } from './settings-text.ts';

/** What one entry of a map says. */
export interface EntrySettings<T> {
  key: string;
  settings: T;
  line: number;
}

export type EntriesOutcome<T> = { outcome: 'ok'; entries: EntrySettings<T>[] } | { outcome: 'wrong'; mistakes: SettingsMistake[] };

/**
 * What the entries of a map say, each read by itself and remembered by its letters: of ten thousand nodes of which one has changed, one is read. Undefined
 * where they cannot be read apart (one names an anchor of another, or a key stands twice): the file is then to be read as a whole. Pure but for what it
 * remembers; it yields after each entry, so that others have their turn.
 */
export function* entrySettings<T>(
  entries: readonly EntryText[],
  schema: z.ZodType<Record<string, T>>,
): Generator<void, EntriesOutcome<T> | undefined> {
  most = Math.max(most, 2 * entries.length);
  const keys = new Set(entries.map(({ key }) => key));
  if (keys.size < entries.length) return undefined;
  const found: EntrySettings<T>[] = [];
  const mistakes: SettingsMistake[] = [];
  const ofEntries = bySchema.get(schema) ?? new WeakMap<EntryText, { said: unknown }>();
  bySchema.set(schema, ofEntries);
  for (const [at, entry] of entries.entries()) {
    const { key, text: written, line } = entry;
    const known = (ofEntries.get(entry) ?? rememberedOf(written)?.bySchema.get(schema)) as { said: T } | undefined;
    if (known !== undefined) {
      found.push({ key, settings: known.said, line });
      ofEntries.set(entry, known);
      if (at % KNOWN_IN_A_TURN === 0) yield;
      continue;
    }
    const text = ownCopy(written);
    const located = locatedSettings(textAlone({ ...entry, text }), schema);
    if (located.outcome === 'wrong' && located.namesOthers === true) return undefined;
    if (located.outcome === 'wrong')
      mistakes.push(...located.mistakes.map((one) => ({ ...one, line: line - 1 + Math.min(one.line, lastLineOf(text)) })));
    else {
      const [[name, settings] = [], ...more] = Object.entries(located.settings);
      if (name !== key || settings === undefined || more.length > 0) return undefined;
      remember(text, schema, settings);
      found.push({ key, settings, line });
    }
    yield;
  }
  return mistakes.length > 0 ? { outcome: 'wrong', mistakes } : { outcome: 'ok', entries: found };
}

const KNOWN_IN_A_TURN = 256;

/** What is missing at the end of an entry is missed in its last line, not in the next entry. */
function lastLineOf(text: string): number {
  return text.trimEnd().split('\n').length;
}

/** Whether an entry was read by itself: only then it may be changed so. */
export function isReadApart(entry: EntryText): boolean {
  if (!readApart.has(entry) && rememberedOf(entry.text) !== undefined) readApart.add(entry);
  return readApart.has(entry);
}

/** The same entry of the same text, which is asked for again and again: it is found quicker than by its letters. */
const bySchema = new WeakMap<z.ZodType, WeakMap<EntryText, { said: unknown }>>();
const readApart = new WeakSet<EntryText>();

interface Remembered {
  /** in memory of its own */
  text: string;
  bySchema: Map<z.ZodType, { said: unknown }>;
}

/** Two generations by letters: when the younger one is full, what was not asked for since goes. */
let [younger, older] = [new Map<string, Remembered>(), new Map<string, Remembered>()];
/** Grows with the largest file, so that a file is never forgotten while it is read. */
let most = 20_000;

function rememberedOf(text: string): Remembered | undefined {
  const known = younger.get(text);
  if (known !== undefined) return known;
  const before = older.get(text);
  if (before !== undefined) younger.set(before.text, before);
  return before;
}

function remember(text: string, schema: z.ZodType, said: unknown): void {
  if (younger.size >= most) [younger, older] = [new Map(), younger];
  const known = rememberedOf(text) ?? { text, bySchema: new Map() };
  known.bySchema.set(schema, { said });
  younger.set(known.text, known);
}
