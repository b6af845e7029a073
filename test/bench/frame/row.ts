/** What a line of the table is held against: our median, or its ratio to theirs. */
export interface Goal {
  of: 'ours' | 'ratio';
  bound: 'most' | 'least';
  value: number;
}

/** One line of the table. */
export interface BenchLine {
  /** the row's name, a dot, and what it is there: `leases.p99` */
  id: string;
  what: string;
  /** what stands beside it; missing: ours alone is measured */
  theirs?: string;
  /** of both figures: `ms`, `MB/s`, … */
  unit: string;
  goal?: Goal;
}

/** What `make bench ROW=<name>` runs: one file of test/bench in a process of its own, and the lines that it tells. */
export interface BenchRow {
  name: string;
  /** for the list of rows */
  measures: string;
  /** below test/bench */
  file: string;
  /** it is ended after so many */
  minutes: number;
  lines: readonly BenchLine[];
}

/** Our own figure, in the line's unit. */
export function oursAtMost(value: number): Goal {
  return { of: 'ours', bound: 'most', value };
}

/** So many times theirs, or less. */
export function ratioAtMost(value: number): Goal {
  return { of: 'ratio', bound: 'most', value };
}

/** So many times theirs, or more. */
export function ratioAtLeast(value: number): Goal {
  return { of: 'ratio', bound: 'least', value };
}
