import { atMost } from '../../src/domain/values/at-most.ts';
import type { Accepted } from './accepted.ts';
import { type Covering, testsAt } from './coverage.ts';
import type { Mutant, Result } from './score.ts';
import { type TrialSettings, tryTests } from './trial.ts';

/** Of its own time, which starting and loading never comes near. */
const SLOWEST_START_MS = 4_000;

interface Means {
  say: (words: string) => void;
  coverage: ReadonlyMap<string, Covering[]>;
  accepted: Accepted;
  jobs: number;
  /** a process of node alone may take this long */
  slowestStartMs?: number;
}

/** Runs the tests of each mutant, and says who survives. */
export async function tryMutants(
  settings: TrialSettings,
  mutants: readonly Mutant[],
  { coverage, accepted, jobs, say, slowestStartMs = SLOWEST_START_MS }: Means,
): Promise<Result[]> {
  const started = performance.now();
  const turn = atMost(jobs);
  let done = 0;
  const report = (result: Result): void => {
    done += 1;
    const { outcome, path, line, change } = result;
    if (outcome !== 'killed' && outcome !== 'accepted') say(`${outcome.padEnd(11)}  ${path}:${line}  ${change}`);
    if (done % 100 === 0) say(`${done} of ${mutants.length}, ${((done / (performance.now() - started)) * 1000).toFixed(1)} per second`);
  };
  return Promise.all(
    mutants.map((mutant) =>
      turn(async () => {
        const isAccepted = accepted.reasonFor(mutant) !== undefined;
        const outcome = isAccepted ? 'accepted' : await outcomeOf(settings, mutant, coverage.get(mutant.path) ?? [], slowestStartMs);
        report({ ...mutant, outcome });
        return { ...mutant, outcome };
      }),
    ),
  );
}

async function outcomeOf(
  settings: TrialSettings,
  mutant: Mutant,
  covering: readonly Covering[],
  slowestStartMs: number,
): Promise<Result['outcome']> {
  const { start, executedAt = start } = mutant.mutation;
  const tests = testsAt(mutant.path, executedAt, covering);
  const fate = async (some: readonly string[]): Promise<'killed' | 'timeout' | undefined> => {
    if (some.length === 0) return undefined;
    const { outcome } = await tryTests(settings, { tests: some, timeoutMs: slowestStartMs + limitMs(some, covering), mutant });
    return outcome === 'passed' ? undefined : outcome === 'timeout' ? 'timeout' : 'killed';
  };
  // most mutants fall at the nearest test; the others are asked only after it
  const atNearest = await fate(tests.slice(0, 1));
  if (atNearest !== undefined) return atNearest;
  // of many distant tests one may fail on a busy machine: what falls there falls twice
  const distant = tests.slice(1);
  const atDistant = (await fate(distant)) && (await fate(distant));
  if (atDistant !== undefined) return atDistant;
  return tests.length === 0 ? 'no coverage' : 'survived';
}

function limitMs(tests: readonly string[], covering: readonly Covering[]): number {
  return 5 * covering.reduce((sum, { test, durationMs }) => sum + (tests.includes(test) ? durationMs : 0), 0);
}
