import type { Mutation } from './mutation.ts';

export interface Mutant {
  path: string;
  line: number;
  /** `text [was → is] text`, which names the mutant as long as nobody edits that line */
  change: string;
  mutation: Mutation;
}

export type Result = Mutant & { outcome: 'killed' | 'timeout' | 'survived' | 'no coverage' | 'accepted' };

/** So much of the line is shown on both sides of the change. */
const CONTEXT = 50;

export function describe(path: string, text: string, mutation: Mutation): Mutant {
  const before = text.slice(0, mutation.start);
  const after = text.slice(mutation.end);
  const was = text.slice(mutation.start, mutation.end);
  const left = before.slice(before.lastIndexOf('\n') + 1).slice(-CONTEXT);
  const right = after.slice(0, after.indexOf('\n')).slice(0, CONTEXT);
  const change = `${left}[${was} → ${mutation.replacement}]${right}`.trim().replaceAll(/\s+/g, ' ');
  return { path, line: before.split('\n').length, change, mutation };
}

/** Of all mutants of a folder. */
const LEAST_KILLED = 0.85;

/** Every survivor is on the list of accepted ones, and that list is short. */
export function isEnough(folders: readonly string[], results: readonly Result[]): boolean {
  const isKilled = ({ outcome }: Result): boolean => outcome === 'killed' || outcome === 'timeout';
  return folders.every((folder) => {
    const mine = results.filter(({ path }) => path.startsWith(folder));
    const isKnown = mine.every((one) => isKilled(one) || one.outcome === 'accepted');
    return isKnown && mine.filter(isKilled).length >= LEAST_KILLED * mine.length;
  });
}

/** A row for each folder, and one for all. A mutant that was accepted counts like one that survived. */
export function summary(folders: readonly string[], results: readonly Result[]): string {
  const rows = [...folders, 'all'].map((folder) => {
    const mine = results.filter(({ path }) => folder === 'all' || path.startsWith(folder));
    const count = (outcome: Result['outcome']): number => mine.filter((one) => one.outcome === outcome).length;
    const killed = count('killed') + count('timeout');
    const score = `${((100 * killed) / Math.max(1, mine.length)).toFixed(1)} %`;
    return [folder, mine.length, count('killed'), count('timeout'), count('survived'), count('no coverage'), count('accepted'), score];
  });
  const head = ['', 'mutants', 'killed', 'timeout', 'survived', 'no coverage', 'accepted', 'score'];
  return [head, ...rows]
    .map(([name, ...cells]) => `${String(name).padEnd(22)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`)
    .join('');
}
