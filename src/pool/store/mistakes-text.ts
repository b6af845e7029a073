import type { FileMistake } from '../folder/parse-folder.ts';

/** A line for each mistake: file, line, what is wrong, what was meant. */
export function mistakesText(mistakes: readonly FileMistake[]): string {
  return mistakes
    .map(({ file, line, message, hint }) => `${file} line ${line}: ${message}${hint === undefined ? '' : `; ${hint}`}`)
    .join('\n');
}
