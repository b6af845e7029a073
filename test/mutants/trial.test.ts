import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { measureCoverage } from './coverage.ts';
import { pidFrom } from './pid-from.ts';
import { describe, type Mutant, summary } from './score.ts';
import { type TrialSettings, tryTests } from './trial.ts';
import { tryMutants } from './try-mutants.ts';

const SOURCE = `
export function down(from: number): number {
  let count = from;
  while (count > 0) count = count - 1;
  if (from === 77) throw new Error('unlucky');
  const isDown = count <= 0 || from < 0;
  return Math.floor(isDown ? count : 77);
}
`;
const TEST = `
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { down } from '../../src/area/down.ts';
it('counts down', () => assert.equal(down(3), 0));
`;

const FAILS_ONCE = `
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { it } from 'node:test';
import { down } from '../../src/area/down.ts';
it('counts down, on a machine that is busy once', () => {
  assert.equal(down(3), 0);
  if (process.env.MUTANT === undefined || existsSync('failed')) return;
  writeFileSync('failed', '');
  assert.fail('too slow');
});
`;

const ENDLESS_TEST = "process.getBuiltinModule('node:fs').writeFileSync('pids', process.pid + '\\n'); for (;;);";

it('tells killed, endless, surviving and unseen mutants apart, and leaves the sources as they are', async () => {
  await using directory = await temporaryDirectory('recon-trial-');
  const settings = await layDown(directory.path, { 'down.test.ts': TEST });
  const coverage = await measureCoverage(settings, {
    sources: ['src/area/down.ts'],
    tests: ['test/area/down.test.ts'],
    jobs: 1,
    say: assert.fail,
  });
  const or = mutant('||', '&&');
  const mutants = [
    mutant('count > 0', 'count >= 0'),
    mutant('count - 1', 'count + 1'),
    mutant('Math.floor(', '('),
    { ...or, mutation: { ...or.mutation, executedAt: SOURCE.indexOf('count <= 0') } },
    mutant("throw new Error('unlucky')", ';'),
  ];
  const accepted = { reasonFor: () => undefined, stale: () => [] };
  const results = await tryMutants(settings, mutants, { coverage, accepted, jobs: 2, say: () => {}, slowestStartMs: 2000 });
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ['killed', 'timeout', 'survived', 'killed', 'no coverage'],
  );
  assert.match(summary(['src/area'], results), /^src\/area +5 +2 +1 +1 +1 +0 +60\.0 %$/m);
});

it('lets a mutant live that a distant test fails at once, and not again', async () => {
  await using directory = await temporaryDirectory('recon-trial-');
  const settings = await layDown(directory.path, { 'down.test.ts': TEST, 'distant.test.ts': FAILS_ONCE });
  const tests = ['test/area/down.test.ts', 'test/area/distant.test.ts'];
  const coverage = await measureCoverage(settings, { sources: ['src/area/down.ts'], tests, jobs: 1, say: assert.fail });
  const accepted = { reasonFor: () => undefined, stale: () => [] };
  const mutants = [mutant('Math.floor(', '(')];
  const [result] = await tryMutants(settings, mutants, { coverage, accepted, jobs: 1, say: () => {} });
  assert.equal(result?.outcome, 'survived');
  assert.equal(existsSync(join(directory.path, 'failed')), true);
});

it('ends a trial at once that nobody waits for any more, and begins no other', { timeout: 120_000 }, async () => {
  await using directory = await temporaryDirectory('recon-trial-');
  const root = directory.path;
  await chmod(root, 0o777);
  await writeFile(join(root, 'endless.test.ts'), ENDLESS_TEST);
  const ended = new AbortController();
  const settings = { root, scratch: root, signal: ended.signal };
  const trial = tryTests(settings, { tests: ['endless.test.ts'], timeoutMs: 3_600_000 });
  const pid = await pidFrom(join(root, 'pids'), 0);
  ended.abort(new Error('that is enough'));
  try {
    await assert.rejects(Promise.race([trial, delay(60_000)]), /that is enough/);
    await assert.rejects(tryTests(settings, { tests: ['endless.test.ts'], timeoutMs: 3_600_000 }), /that is enough/);
  } finally {
    if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
  }
});

/** A project of one source, with these tests of it. */
async function layDown(root: string, tests: Readonly<Record<string, string>>): Promise<TrialSettings> {
  const scratch = join(root, 'scratch');
  for (const folder of ['src/area', 'test/area', 'scratch']) await mkdir(join(root, folder), { recursive: true });
  for (const path of [root, scratch]) await chmod(path, 0o777);
  await writeFile(join(root, 'src/area/down.ts'), SOURCE);
  for (const [name, text] of Object.entries(tests)) await writeFile(join(root, 'test/area', name), text);
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  return { root, scratch };
}

function mutant(was: string, replacement: string): Mutant {
  const start = SOURCE.indexOf(was);
  return describe('src/area/down.ts', SOURCE, { start, end: start + was.length, replacement });
}
