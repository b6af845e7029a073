/** So many letters are encoded and written in no time. */
const LETTERS = 65_536;

/** A text in pieces, for who does nothing long at once; one letter of two halves is never cut. */
export function* textPieces(text: string, letters = LETTERS): Generator<string, void> {
  for (let at = 0; at < text.length; ) {
    const end = at + letters;
    const last = text.charCodeAt(end - 1);
    const next = end < text.length && last >= 0xd800 && last < 0xdc00 ? end + 1 : end;
    yield text.slice(at, next);
    at = next;
  }
}
