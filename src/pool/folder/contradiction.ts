import { nearestWord } from '../../domain/values/nearest-word.ts';

/** What cannot be, though each part alone is spelt well. */
export interface Contradiction {
  /** what it is about, a key of the pool's places */
  of: string;
  message: string;
  hint: string | undefined;
}

/** The hint at what is there and was probably meant. */
export function meant(word: string, known: readonly string[]): string | undefined {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
}
