/**
 * Text of a tool's output. Bytes that are no UTF-8 become U+FFFD instead of failing, carriage returns go away (CRLF comes from
 * recordings made on other systems), and so does NUL (some FRU fields end with it). Other control characters but tab and newline become blanks:
 * they are no part of any value, and JSON must not hold them.
 */
export function decodeText(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return new TextDecoder('utf-8')
    .decode(bytes)
    .replaceAll(/[\r\0]/g, '')
    .replaceAll(/[\x01-\x08\x0b-\x1f\x7f]/g, ' ');
}

/** One value: control characters out, blanks trimmed and joined; undefined when nothing is left. */
export function cleanValue(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const value = raw
    .replaceAll(/[\x00-\x1f\x7f]/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return value === '' ? undefined : value;
}

/** A whole number of at least zero in plain digits, otherwise undefined (`Unknown`, `-1`, `20G`). */
export function wholeNumber(raw: string | number | undefined): number | undefined {
  if (typeof raw === 'string' && !/^\s*\d{1,16}\s*$/.test(raw)) return undefined;
  const value = Number(raw);
  return raw !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Without a last line that has no end: of a text that was cut off, half a serial number is not a serial number. */
export function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
