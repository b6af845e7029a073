/**
 * Text that a terminal shows and does not obey: control characters (ECMA-48: C0, DEL, C1) but tab and newline become a question mark, and so do the
 * Unicode marks that turn the direction of writing (UAX #9), which make a line read otherwise than it is. CRLF becomes a newline.
 */
export function terminalText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '?');
}
