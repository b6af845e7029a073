import { ReconError } from '../../domain/errors.ts';
import { STEERING } from '../../domain/values/terminal-text.ts';

export interface JsonLimits {
  /** levels of arrays and objects */
  depth: number;
  /** keys and values in all */
  values: number;
  /** characters of one string, as written */
  stringCharacters: number;
  /** digits and signs of one number, as written */
  numberCharacters: number;
}

/** Ample for a record: the largest of a real machine has 9 levels and some ten thousand values. */
export const RECORD_JSON_LIMITS: JsonLimits = { depth: 64, values: 150_000, stringCharacters: 256 * 1024, numberCharacters: 400 };

export interface StrictJson {
  value: unknown;
  /** no text and no key in it has a character that steers a terminal (terminal-text.ts), and none is written so that it might */
  isVisible: boolean;
}

/**
 * Reads JSON from somebody we do not know. Stricter than JSON.parse: the text must be UTF-8, no key may come twice in an object
 * (readers differ in which one they take), `__proto__` is no key, and numbers must be finite. The limits are looked at before
 * anything is built in memory.
 * @throws ReconError `body-malformed`
 */
export function parseStrictJson(bytes: Uint8Array, limits: JsonLimits): StrictJson {
  const text = decoded(bytes);
  scan(text, limits);
  return { value: parsed(text), isVisible: text.search(STEERING) === -1 && text.search(STEERING_ESCAPE) === -1 };
}

/** Of the escapes of JSON those that may stand for such a character; `\n` and `\t` never do. */
const STEERING_ESCAPE = /\\[bfru]/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ReconError('body-malformed', 'it is not JSON', { cause });
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ReconError('body-malformed', 'it is not UTF-8', { cause });
  }
}

const [QUOTE, BACKSLASH, COMMA, COLON, MINUS] = [0x22, 0x5c, 0x2c, 0x3a, 0x2d];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const NUMBER = /-?[0-9][0-9eE.+-]*/y;

/** Walks over the text once, by the codes of its characters; whether it is JSON at all is for JSON.parse to say. */
function scan(text: string, limits: JsonLimits): void {
  /** the keys of each open object; undefined for an array */
  const open: (Set<string> | undefined)[] = [];
  let values = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (isBetween(code)) {
      at += 1;
      continue;
    }
    const isEnd = code === CLOSE_OBJECT || code === CLOSE_ARRAY;
    if (!isEnd) values += 1;
    if (values > limits.values) throw refused(`has more than ${limits.values} values`);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (end - at > limits.stringCharacters) throw refused(`has a text longer than ${limits.stringCharacters} characters`);
      if (isKey(text, end)) noteKey(open.at(-1), text, at, end);
      at = end;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      open.push(code === OPEN_OBJECT ? new Set() : undefined);
      if (open.length > limits.depth) throw refused(`is nested deeper than ${limits.depth} levels`);
      at += 1;
    } else if (isEnd) {
      open.pop();
      at += 1;
    } else {
      const end = endOfNumber(text, at, code);
      if (end > at) requireFinite(text.slice(at, end), limits);
      at = Math.max(end, at + 1);
    }
  }
}

function isBetween(code: number): boolean {
  return code === COMMA || code === COLON || isSpace(code);
}

/** Space, tab, newline and carriage return (RFC 8259, 2). */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b && code !== 0x0c);
}

function endOfNumber(text: string, at: number, code: number): number {
  if (code !== MINUS && !(code >= 0x30 && code <= 0x39)) return at;
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : at;
}

/** The place behind the closing quote; the end of the text when there is none. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (before > start && text.charCodeAt(before) === BACKSLASH) before -= 1;
    // an even number of backslashes are themselves
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return text.length;
}

/** Whether a colon follows. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at) === COLON;
}

function noteKey(keys: Set<string> | undefined, text: string, start: number, end: number): void {
  if (keys === undefined) return;
  const written = text.slice(start + 1, end - 1);
  // two spellings of one key are one key
  const key = written.includes('\\') ? String(parsed(text.slice(start, end))) : written;
  if (key === '__proto__') throw refused('has the key __proto__');
  if (keys.has(key)) throw refused(`has the key ${JSON.stringify(key.slice(0, 60))} twice in one object`);
  keys.add(key);
}

function requireFinite(text: string, { numberCharacters }: JsonLimits): void {
  if (text.length > numberCharacters) throw refused(`has a number of more than ${numberCharacters} characters`);
  if (Number(text) === Number.POSITIVE_INFINITY || Number(text) === Number.NEGATIVE_INFINITY)
    throw refused('has a number that is too large');
}

function refused(why: string): ReconError {
  return new ReconError('body-malformed', `it ${why}`);
}
