import { cleanValue, decodeText, wholeNumber } from '../../domain/values/text.ts';
import { readJson } from './json-repair.ts';

/** JSON that a tool printed, set right where that is sure (json-repair.ts). Undefined when it is none: tools stop in the middle, too. */
export function parseToolJson(bytes: Uint8Array | undefined): unknown {
  return readJson(decodeText(bytes), parseExactly)?.value;
}

/** Whole numbers that a double cannot hold stay the decimal text that they are. */
function parseExactly(json: string): unknown {
  if (!/[:[,]\s*\d{16}/.test(json)) return JSON.parse(json);
  return JSON.parse(json, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    return typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^\d+$/.test(source) ? source : value;
  });
}

/** The value at a path of keys; undefined as soon as one of them is missing. */
export function member(value: unknown, ...keys: string[]): unknown {
  let at = value;
  for (const key of keys) at = isObject(at) ? at[key] : undefined;
  return at;
}

/** A JSON object: neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of objects: of a list, its objects; of one object, that one. */
export function objects(value: unknown): Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** A text without blanks around it, or a number as text; undefined of everything else and of blanks. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? cleanValue(value) : typeof value === 'number' ? String(value) : undefined;
}

/** A whole number from 0 on, also one that is written as text (old releases of many tools do so). */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? wholeNumber(value) : undefined;
}

/** As {@link asCount}; one that is too large for a double is decimal text. */
export function asCounter(value: unknown): number | string | undefined {
  const digits = typeof value === 'string' ? /^\s*0*(\d{16,40})\s*$/.exec(value)?.[1] : undefined;
  return asCount(value) ?? digits;
}

/** lsblk printed `"0"` and `"1"` before it printed booleans. */
export function asFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === '1' || value === 1 ? true : value === '0' || value === 0 ? false : undefined;
}
