/** One line of printable ASCII, for comments: what is none becomes a question mark. */
export function commentText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\x20-\x7e]/gu, '?')
    .slice(0, 200)
    .trim();
}

/** One line of any script; of a longer one so many characters. */
export function oneLine(text: string, longest = Number.POSITIVE_INFINITY): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\x00-\x1f\x7f-\x9f]+/g, ' ')
    .trim();
  return [...line].slice(0, longest).join('').trim();
}

/** A double-quoted scalar of YAML 1.1 in ASCII only: escapes for all else, so that no character can end a line. */
export function yamlText(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll(/[^\x20-\x7e]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}

/**
 * Letters `a-z`, digits and single hyphens. Accents are dropped, and letters of other scripts stand by their number in Unicode, so that two
 * names in Chinese stay two.
 */
export function plainWord(text: string, longest: number): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x00-\x7f]/gu, (letter) => (/[\p{L}\p{N}]/u.test(letter) ? `u${letter.codePointAt(0)?.toString(16)}` : '-'))
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '');
}
