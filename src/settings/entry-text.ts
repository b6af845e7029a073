/** One entry of a map, as it is written: its first line, and all behind it that belongs to no other. */
export interface EntryText {
  key: string;
  text: string;
  /** of its key in the file, counted from 1 */
  line: number;
}
