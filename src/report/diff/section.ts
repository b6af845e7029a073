/** A comparison as headings with lines below, which is what text and HTML are made of. */
export interface DiffSection {
  heading: string;
  /** empty when there is nothing to say */
  entries: readonly {
    title: string;
    lines: readonly string[];
    /** the lines are machines, often many: they may be folded or cut */
    isLong?: boolean;
  }[];
}
