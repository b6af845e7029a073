/** One small fault: this stretch of a file's text says something else. Offsets are in UTF-16 units. */
export interface Mutation {
  start: number;
  end: number;
  replacement: string;
  /** where something is executed whenever the changed place takes part; the start when missing */
  executedAt?: number;
}

export function mutatedText(text: string, { start, end, replacement }: Mutation): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
