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

/** What stands for such a character in JSON, or is one. */
const MAY_STEER = new RegExp(String.raw`${STEERING.source}|\r|\\[ubfr]`);

/**
 * Whether nothing in a text of JSON, read or not, can steer a terminal: then it is plain as it is, and so are the texts in it. False where that cannot be
 * told without reading it.
 */
export function isPlainJson(json: string): boolean {
  return !MAY_STEER.test(json);
}

function escaped(json: string): string {
  return json.replaceAll(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
