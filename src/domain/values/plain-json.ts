import { STEERING } from './terminal-text.ts';

/**
 * JSON that a terminal shows and does not obey, for programs: JSON escapes the control characters of C0 only (RFC 8259, section 7), this DEL, C1 and
 * the marks that turn the direction of writing as well. Whoever reads it gets the same texts.
 */
export function plainJson(value: unknown, indent?: number): string {
  return escaped(JSON.stringify(value, undefined, indent) ?? 'null');
}

/** The same of JSON that somebody else wrote. Between its texts only a carriage return can steer, and it becomes a newline. */
export function plainJsonText(json: string): string {
  return escaped(json.replaceAll(/\r\n?/g, '\n'));
}

function escaped(json: string): string {
  return json.replaceAll(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
