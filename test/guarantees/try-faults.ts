/**
 * `make faults`: takes away one protection after the other, in memory only, and runs the test that holds the promise. Ends with 1 when one
 * of them is not noticed, or when a test fails with nothing taken away. ONLY= names a promise. Tests in namespaces run when root asks.
 */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { NAMED_FAULTS, type NamedFault } from './faults.ts';

const ROOT = join(import.meta.dirname, '../..');
const MUTATED_MODULE = pathToFileURL(join(ROOT, 'test/mutants/inside/mutated-module.ts')).href;
const LIMIT_MS = 10 * 60_000;

const { ONLY = '' } = process.env;
const isRoot = process.getuid?.() === 0;
const faults = NAMED_FAULTS.filter(({ promise, test }) => (ONLY === '' || ONLY === promise) && (isRoot || !test.includes('/integration/')));
await using copies = await temporaryDirectory('recon-faults-');
let blind = 0;
for (const test of new Set(faults.map((fault) => fault.test))) {
  if (await passes(test)) continue;
  blind += 1;
  console.log(`${test} fails with nothing taken away: it proves nothing`);
}
for (const fault of faults) {
  const survived = await passes(fault.test, fault);
  if (survived) blind += 1;
  console.log(`${survived ? 'NOT NOTICED' : 'noticed    '}  ${fault.promise.padEnd(4)} ${fault.what}  (${fault.path}, ${fault.test})`);
}
console.log(`${faults.length} faults of ${new Set(faults.map(({ promise }) => promise)).size} promises, ${blind} not noticed`);
process.exitCode = blind === 0 && faults.length > 0 ? 0 : 1;

async function passes(test: string, fault?: NamedFault): Promise<boolean> {
  const { NODE_TEST_CONTEXT: _context, ...inherited } = process.env;
  const environment = fault === undefined ? {} : await mutantOf(fault);
  // a fault may have a test go round in a circle
  const endings = [
    '--import=./test/endings/mark-file.ts',
    '--test-reporter=./test/endings/ending-reporter.ts',
    '--test-reporter-destination=stdout',
  ];
  const child = spawn(process.execPath, [...endings, '--test', `--test-timeout=${LIMIT_MS}`, join(ROOT, test)], {
    cwd: ROOT,
    env: { ...inherited, ...environment, RECON_TEST_FILE_LIMIT_MS: String(LIMIT_MS) },
    stdio: 'ignore',
  });
  return (await new Promise((resolve) => child.once('exit', resolve))) === 0;
}

async function mutantOf({ path, was, becomes }: NamedFault): Promise<Record<string, string>> {
  const text = await readFile(join(ROOT, path), 'utf8');
  if (!path.endsWith('.ts'))
    return faultyCopy(
      path,
      text.replace(was, () => becomes),
    );
  const start = text.indexOf(was);
  const mutation = { start, end: start + was.length, replacement: becomes };
  return {
    MUTANT: JSON.stringify({ url: pathToFileURL(join(ROOT, path)).href, mutation }),
    NODE_OPTIONS: `--import=${MUTATED_MODULE}`,
  };
}

/** A script or a unit: its test looks for this copy. */
async function faultyCopy(path: string, text: string): Promise<Record<string, string>> {
  const copy = join(copies.path, basename(path));
  await writeFile(copy, text, { mode: 0o755 });
  return { FAULTY_FILE: JSON.stringify({ path, copy }) };
}
