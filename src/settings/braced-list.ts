import type { EntryText } from './entry-text.ts';

/** A list of entries between two braces, as programs write JSON. */
export interface BracedList {
  head: string;
  inner: string;
  tail: string;
  /** in front of each entry */
  indent: string;
}

/** The parts of a text that is one map in braces, with each of its keys at the beginning of a line; undefined for any other. Pure. */
export function bracedList(text: string): BracedList | undefined {
  const [head] = /^\{[ \t]*\r?\n/.exec(text) ?? [];
  const [tail] = /(?<![^\n])\}[ \t]*(?:\r?\n)?$/.exec(text.slice(-TAIL)) ?? [];
  if (head === undefined || tail === undefined || head.length + tail.length > text.length) return undefined;
  const inner = text.slice(head.length, text.length - tail.length);
  const indent = /^(?: +|\t+)(?=")/.exec(inner)?.[0];
  return indent === undefined ? undefined : { head, inner, tail, indent };
}

/** The brace at the end, and a line's end. */
const TAIL = 16;

/** The key of an entry that is JSON by itself, but for the comma behind it; undefined for anything else. Pure. */
export function jsonKey(part: string): string | undefined {
  const key = /^\s*"([^"\\\n]*)"[ \t]*:/.exec(part)?.[1];
  if (key === undefined) return undefined;
  try {
    JSON.parse(`{${part.trimEnd().replace(/,$/, '')}}`);
    return key;
  } catch {
    return undefined;
  }
}

/** Whether there is a comma between any two, and none behind the last one. Pure. */
export function areCommasRight(entries: readonly EntryText[]): boolean {
  return entries.every(({ text }, at) => /,\s*$/.test(text.slice(-TAIL)) === at < entries.length - 1);
}
