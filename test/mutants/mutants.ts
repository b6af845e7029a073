import { readFileSync } from 'node:fs';
import { chmod, glob, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAccepted } from './accepted.ts';
import { openCompiler } from './compiler.ts';
import { measureCoverage } from './coverage.ts';
import { describe, isEnough, type Mutant, summary } from './score.ts';
import { tryMutants } from './try-mutants.ts';

const OWN_ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['src/judge', 'src/platform', 'src/master/intake', 'src/master/guard'];
const TESTS = ['test/!(integration|bench)/**/*.test.ts', 'test/*.test.ts'];

const HELP = `Usage: make mutants [FOLDER=src/judge] [LINES=40-60] [SAMPLE=100] [JOBS=2]

Puts small faults into the sources, one at a time and in memory only, and runs the unit tests that execute the place. A fault that no
test notices is a survivor: a behaviour that may change without anybody seeing it.

  FOLDER   a folder or one file (default: ${FOLDERS.join(', ')})
  LINES    only these lines; of one file
  SAMPLE   about so many mutants, spread over all
  JOBS     processes at the same time (default 2)

Survivors that cannot be killed are listed with a reason in test/mutants/accepted.json.
`;

const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    lines: { type: 'string' },
    sample: { type: 'string' },
    jobs: { type: 'string' },
    // another project than this one
    root: { type: 'string', default: OWN_ROOT },
    help: { type: 'boolean' },
  },
});
const { root: ROOT } = values;
if (values.help === true) process.stdout.write(HELP);
else await untilSignal(main);

/** Whoever ends the tool ends its trials, which are process groups of their own: a faulty loop would run on for ever. */
async function untilSignal(work: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const ended = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.once(name, () => ended.abort(name));
  try {
    process.exitCode = await work(ended.signal);
  } catch (error) {
    if (!ended.signal.aborted) throw error;
    process.kill(process.pid, ended.signal.reason);
  }
}

/** @returns exit code: 1 when a survivor is not on the list of accepted ones, or too few were killed */
async function main(signal: AbortSignal): Promise<number> {
  const folders = values.folder === undefined ? FOLDERS : [values.folder.replace(/\/$/, '')];
  const jobs = Number(values.jobs ?? 2);
  const scratch = await mkdtemp(join(tmpdir(), 'recon-mutants-'));
  await chmod(scratch, 0o777);
  try {
    const accepted = await readAccepted();
    const sources = await filesOf(folders.map((folder) => (folder.endsWith('.ts') ? folder : `${folder}/**/*.ts`)));
    const all = findMutants(sources);
    const mutants = chosen(all);
    say(`${mutants.length} mutants in ${sources.length} files`);
    const settings = { root: ROOT, scratch, signal };
    const coverage = await measureCoverage(settings, { sources, tests: await filesOf(TESTS), jobs, say });
    if ([...coverage.values()].every(({ length }) => length === 0))
      throw new Error(
        'no test near these files passes without a fault; as root they run as nobody, who must be able to read this checkout',
      );
    const results = await tryMutants(settings, mutants, { coverage, jobs, accepted, say });
    const stale = accepted.stale(all);
    for (const entry of stale) say(`accepted, but there is no such mutant: ${entry}`);
    process.stdout.write(summary(folders, results));
    return stale.length === 0 && isEnough(folders, results) ? 0 : 1;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

function findMutants(sources: readonly string[]): Mutant[] {
  using compiler = openCompiler(ROOT);
  return sources.flatMap((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return compiler.mutations(path).map((mutation) => describe(path, text, mutation));
  });
}

function chosen(mutants: readonly Mutant[]): Mutant[] {
  const [from = 1, to = from] = (values.lines ?? `1-${Number.MAX_SAFE_INTEGER}`).split('-').map(Number);
  const inLines = mutants.filter(({ line }) => line >= from && line <= to);
  const step = Math.max(1, inLines.length / Number(values.sample ?? inLines.length));
  return inLines.filter((_mutant, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function filesOf(patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob([...patterns], { cwd: ROOT })) found.push(path);
  return found.sort();
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}
