/** What is known of several words, with this between them; empty when nothing is. */
export function knownWords(words: readonly (string | undefined)[], between = ' '): string {
  return words.filter((word) => word !== undefined && word !== '').join(between);
}
