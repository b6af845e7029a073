import { ReconError } from '../../domain/errors.ts';

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

/**
 * Reads JSON from somebody we do not know. Stricter than JSON.parse: the text must be UTF-8, no key may come twice in an object
 * (readers differ in which one they take), `__proto__` is no key, and numbers must be finite. The limits are looked at before
 * anything is built in memory.
 * @throws ReconError `body-malformed`
 */
export function parseStrictJson(bytes: Uint8Array, limits: JsonLimits): unknown {
  const text = decoded(bytes);
  scan(text, limits);
  return parsed(text);
}

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

const NUMBER = /-?[0-9][0-9eE.+-]*/y;
const BEFORE_VALUE = /[\s,:]*/y;
const COLON = /\s*:/y;

/** Walks over the text; whether it is JSON at all is for JSON.parse to say. */
function scan(text: string, limits: JsonLimits): void {
  /** the keys of each open object; undefined for an array */
  const open: (Set<string> | undefined)[] = [];
  let values = 0;
  for (let at = skip(BEFORE_VALUE, text, 0); at < text.length; at = skip(BEFORE_VALUE, text, at)) {
    const character = text[at];
    if (character !== '}' && character !== ']') values += 1;
    if (values > limits.values) throw refused(`has more than ${limits.values} values`);
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > limits.depth) throw refused(`is nested deeper than ${limits.depth} levels`);
      at += 1;
    } else if (character === '}' || character === ']') {
      open.pop();
      at += 1;
    } else if (character === '"') {
      const end = endOfString(text, at);
      if (end - at > limits.stringCharacters) throw refused(`has a text longer than ${limits.stringCharacters} characters`);
      if (skip(COLON, text, end) > end) noteKey(open.at(-1), text.slice(at, end));
      at = end;
    } else {
      const end = skip(NUMBER, text, at);
      requireFinite(text.slice(at, end), limits);
      at = Math.max(end, at + 1);
    }
  }
}

/** Where the pattern's match at this place ends; the place itself when there is none. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The place behind the closing quote; the end of the text when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += text[at] === '\\' ? 2 : 1) {
    if (text[at] === '"') return at + 1;
    if (text[at] === undefined) return text.length;
  }
}

function noteKey(keys: Set<string> | undefined, quoted: string): void {
  if (keys === undefined) return;
  // two spellings of one key are one key
  const key = String(parsed(quoted));
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
