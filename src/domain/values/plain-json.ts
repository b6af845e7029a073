import { STEERING } from './terminal-text.ts';

/**
 * JSON that a terminal shows and does not obey, for programs: JSON escapes the control characters of C0 only (RFC 8259, section 7), this DEL, C1 and
 * the marks that turn the direction of writing as well. Whoever reads it gets the same texts.
 */
export function plainJson(value: unknown, indent?: number): string {
  return (JSON.stringify(value, undefined, indent) ?? 'null').replaceAll(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
