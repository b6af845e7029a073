/**
 * What steers a terminal: the control characters (ECMA-48: C0, DEL, C1) but tab and newlines, a carriage return alone, which has a line written over,
 * and the Unicode marks that turn the direction of writing (UAX #9), which make a line read otherwise than it is. Beside them what a reader takes for
 * nothing or for the end of a line (Unicode 23.2 and 23.8: zero width space, separators of lines, invisible operators, marks of annotations).
 */
export const STEERING = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb]|\r(?!\n)/g;

/** Text that a terminal shows and does not obey: a question mark in the place of what steers one. CRLF becomes a newline. */
export function terminalText(text: string): string {
  return text.replaceAll(STEERING, '?').replaceAll('\r\n', '\n');
}
