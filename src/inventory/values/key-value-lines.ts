import { cleanValue } from '../../domain/values/text.ts';

/**
 * `key : value` lines, as ipmitool and mdadm print them; a line that begins with a colon goes on with the one before and is left out. The
 * first of equal keys wins.
 */
export function keyValueLines(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, raw] = /^\s*([^:]*?\S)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    const value = cleanValue(raw);
    if (key !== undefined && value !== undefined && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}
