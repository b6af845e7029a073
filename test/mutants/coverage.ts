import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { atMost } from '../../src/domain/values/at-most.ts';
import { type TrialSettings, tryTests } from './trial.ts';

/** Test files of another area that import a source themselves: the smallest ones, and no more of them. */
const MOST_FOREIGN = 5;
/** A test file that takes longer is not run once for each mutant. */
const LONGEST_MS = 30_000;
/** Test files of one mutant, nearest first. */
const MOST_TESTS = 15;

interface Range {
  startOffset: number;
  endOffset: number;
  count: number;
}

/** What V8 says of one module (NODE_V8_COVERAGE). */
interface Script {
  url: string;
  functions: { ranges: Range[] }[];
}

/** A test file that executes something of a source. */
export interface Covering {
  test: string;
  hops: number;
  durationMs: number;
  /** of all functions of the source, for each process that loaded it */
  processes: Range[][];
}

/** Runs the unit tests near the sources once, and tells for each source which of them execute what of it. */
export async function measureCoverage(
  settings: TrialSettings,
  { sources, tests, jobs, say }: { sources: readonly string[]; tests: readonly string[]; jobs: number; say: (words: string) => void },
): Promise<Map<string, Covering[]>> {
  const near = nearTests(sources, tests, await importGraph(settings.root, tests));
  const found = new Map(sources.map((source): [string, Covering[]] => [source, []]));
  const turn = atMost(jobs);
  const measure = async (test: string): Promise<void> => {
    const coverageDirectory = await mkdtemp(join(settings.scratch, 'coverage-'));
    await chmod(coverageDirectory, 0o777);
    const { outcome, words, durationMs } = await tryTests(settings, { tests: [test], timeoutMs: LONGEST_MS, coverageDirectory });
    if (outcome !== 'passed') say(`${test} is left out (${outcome} without a mutation): ${words.split('\n')[0]}`);
    for (const [source, hops] of outcome === 'passed' ? (near.get(test) ?? []) : []) {
      const processes = await rangesOf(coverageDirectory, pathToFileURL(join(settings.root, source)).href);
      found.get(source)?.push({ test, hops, durationMs, processes });
    }
    await rm(coverageDirectory, { recursive: true });
  };
  await Promise.all([...near.keys()].map((test) => turn(() => measure(test))));
  return found;
}

/**
 * test → the sources that it may say something about, with the imports between. All tests of the source's own area (`test/judge` for
 * `src/judge`) are asked, and of the others a few that import it themselves.
 */
function nearTests(
  sources: readonly string[],
  tests: readonly string[],
  graph: ReadonlyMap<string, string[]>,
): Map<string, [source: string, hops: number][]> {
  const reach = tests.map((test) => ({ test, hops: hopsFrom(test, graph) })).sort((a, b) => a.hops.size - b.hops.size);
  const near = new Map<string, [source: string, hops: number][]>();
  for (const source of sources) {
    const area = `test/${source.split('/')[1]}/`;
    const reaching = reach.filter(({ hops }) => hops.has(source));
    const own = reaching.filter(({ test }) => test.startsWith(area));
    const foreign = reaching.filter(({ test, hops }) => !test.startsWith(area) && hops.get(source) === 1).slice(0, MOST_FOREIGN);
    for (const { test, hops } of [...own, ...foreign]) near.set(test, [...(near.get(test) ?? []), [source, hops.get(source) ?? 0]]);
  }
  return near;
}

/** The test files that execute a place, the one that mirrors the source first, then the nearest and quickest. */
export function testsAt(source: string, offset: number, covering: readonly Covering[]): string[] {
  const mirror = source.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  const rank = ({ test, hops, durationMs }: Covering): number => (test === mirror ? 0 : hops * 10_000 + durationMs);
  return covering
    .filter(({ processes }) => processes.some((ranges) => isExecuted(ranges, offset)))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_TESTS)
    .map(({ test }) => test);
}

/** The innermost range counts. */
function isExecuted(ranges: readonly Range[], offset: number): boolean {
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset);
  const smallest = Math.min(...around.map(({ startOffset, endOffset }) => endOffset - startOffset));
  return around.some(({ startOffset, endOffset, count }) => endOffset - startOffset === smallest && count > 0);
}

async function rangesOf(directory: string, url: string): Promise<Range[][]> {
  const found: Range[][] = [];
  for (const name of await readdir(directory)) {
    const { result } = JSON.parse(await readFile(join(directory, name), 'utf8')) as { result: Script[] };
    for (const script of result) if (script.url === url) found.push(script.functions.flatMap(({ ranges }) => ranges));
  }
  return found;
}

/** file → the files that it imports, for the tests and all that they reach */
async function importGraph(root: string, tests: readonly string[]): Promise<Map<string, string[]>> {
  const graph = new Map<string, string[]>();
  const waiting = [...tests];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (graph.has(file)) continue;
    const text = await readFile(join(root, file), 'utf8').catch(() => '');
    const from = dirname(file);
    const imported = [...text.matchAll(/\bfrom '(\.[^']+\.tsx?)'/g)].map((match) => normalize(join(from, match[1] ?? '')));
    graph.set(file, imported);
    waiting.push(...imported);
  }
  return graph;
}

/** How many imports lie between a test and each source; those between files of tests do not count. */
function hopsFrom(test: string, graph: ReadonlyMap<string, string[]>): Map<string, number> {
  const hops = new Map([[test, 0]]);
  const waiting = [test];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    for (const next of graph.get(file) ?? []) {
      const distance = (hops.get(file) ?? 0) + (next.startsWith('test/') ? 0 : 1);
      if (distance >= (hops.get(next) ?? Number.POSITIVE_INFINITY)) continue;
      hops.set(next, distance);
      waiting.push(next);
    }
  }
  return hops;
}
