/** One entry of a map, as it is written: its first line, and all behind it that belongs to no other. */
export interface EntryText {
  key: string;
  text: string;
  /** of its key in the file, counted from 1 */
  line: number;
  /** between braces, as in JSON: read by itself it wants them, and a comma may stand behind it */
  isBraced?: true;
}

/** An entry as a text of its own; `{ … }` around one that stood between braces. Pure. */
export function textAlone({ text, isBraced }: Pick<EntryText, 'text' | 'isBraced'>): string {
  return isBraced === true ? `{${text}}` : text;
}
