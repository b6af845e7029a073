/** One thing that is wrong in a file of settings. */
export interface SettingsMistake {
  /** counted from 1 */
  line: number;
  message: string;
  /** what was meant, or what would be valid */
  hint: string | undefined;
}
