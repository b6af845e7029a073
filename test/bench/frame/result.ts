import { z } from 'zod';
import type { BenchLine, Goal } from './row.ts';

/** What a bench took of each side, in the line's unit; taken in turn, so that the nth of both were taken at the same time. */
export interface Samples {
  ours: readonly number[];
  theirs?: readonly number[];
}

const Figure = z.strictObject({ median: z.number(), least: z.number(), most: z.number() });
export type Figure = z.infer<typeof Figure>;

/** A line of the table with what came of it. */
export const BenchResult = z.strictObject({
  row: z.string(),
  id: z.string(),
  what: z.string(),
  theirsName: z.string().optional(),
  unit: z.string(),
  /** in words, empty when there is none */
  goal: z.string(),
  status: z.enum(['measured', 'not-run', 'failed']),
  /** why it was not run, or how it failed */
  reason: z.string().optional(),
  ours: Figure.optional(),
  theirs: Figure.optional(),
  ratio: Figure.optional(),
  met: z.boolean().optional(),
  samples: z.strictObject({ ours: z.array(z.number()), theirs: z.array(z.number()).optional() }).optional(),
});
export type BenchResult = z.infer<typeof BenchResult>;

/** Medians, the spread, the ratio, and whether the goal is met. The ratio is the median of the rounds' own ratios: what slows one round slows both sides of it. */
export function measured(row: string, line: BenchLine, samples: Samples): BenchResult {
  const [ours, theirs] = [figureOf(samples.ours), figureOf(samples.theirs ?? [])];
  const ratio = ours && theirs && figureOf(ratios(samples.ours, samples.theirs ?? []));
  const held = line.goal?.of === 'ratio' ? ratio : ours;
  return {
    ...described(row, line),
    status: 'measured',
    ...(ours && { ours }),
    ...(theirs && { theirs }),
    ...(ratio && { ratio }),
    ...(line.goal && held && { met: isMet(line.goal, held.median) }),
    samples: { ours: [...samples.ours], ...(samples.theirs && { theirs: [...samples.theirs] }) },
  };
}

/** A line without figures. */
export function unmeasured(row: string, line: BenchLine, status: 'not-run' | 'failed', reason: string): BenchResult {
  return { ...described(row, line), status, reason };
}

function described(row: string, { id, what, theirs, unit, goal }: BenchLine): Pick<BenchResult, 'row' | 'id' | 'what' | 'unit' | 'goal'> {
  return {
    row,
    id,
    what,
    ...(theirs !== undefined && { theirsName: theirs }),
    unit,
    goal: goal === undefined ? '' : goalWords(goal, unit),
  };
}

function goalWords({ of, bound, value }: Goal, unit: string): string {
  return `${bound === 'most' ? '≤' : '≥'} ${value} ${of === 'ratio' ? 'x' : unit}`;
}

function isMet({ bound, value }: Goal, median: number): boolean {
  return bound === 'most' ? median <= value : median >= value;
}

/** Undefined of nothing, and of what is no number: a figure that nobody took is no figure. */
function figureOf(values: readonly number[]): Figure | undefined {
  if (values.length === 0 || !values.every(Number.isFinite)) return undefined;
  return { median: medianOf(values), least: Math.min(...values), most: Math.max(...values) };
}

/** Round by round; of sides with other numbers of rounds only the medians can be compared. */
function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length !== theirs.length) return [medianOf(ours) / medianOf(theirs)];
  return ours.map((one, round) => one / (theirs[round] ?? Number.NaN));
}

/** The middle one; of an even number the mean of both in the middle. NaN of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}
