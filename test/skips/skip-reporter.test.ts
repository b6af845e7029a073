import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestEvent } from 'node:test/reporters';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';
import { KNOWN_SKIPS } from './known-skips.ts';
import { SkipReport } from './skip-report.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(import.meta.dirname, 'fixtures');

const SUMMARY = `fixture: 2 passed, 0 failed, 4 skipped
  skipped: some-skips.ts: known
    no such kernel
    accepted on a machine of this test
  skipped: some-skips.ts: known for another reason
    no such program
    NOT in test/skips/known-skips.ts
  skipped: some-skips.ts: later
    without a reason
    NOT in test/skips/known-skips.ts
  skipped: some-skips.ts: a whole suite
    needs root
    NOT in test/skips/known-skips.ts
  not skipped here, though known: 1
`;

/** As the Makefile does it; a run inside a run would be told apart by NODE_TEST_CONTEXT, and is no part of the outer one's summary. */
async function runFixture(environment: Record<string, string>, ...options: string[]): Promise<CommandResult> {
  const reporters = ['spec', join(FIXTURES, 'reporter.ts')].flatMap((name) => [
    `--test-reporter=${name}`,
    '--test-reporter-destination=stdout',
  ]);
  const unset = ['NODE_TEST_CONTEXT', 'RECON_TEST_RUN', 'RECON_TEST_SUMMARY'].flatMap((name) => ['-u', name]);
  const set = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const argv = ['env', ...unset, ...set, process.execPath, '--test', ...reporters, ...options] as const;
  return await run([...argv, join(FIXTURES, 'some-skips.ts')], { timeoutMs: 60_000, keepFinalNewline: true });
}

test('a run ends with what was skipped, after what node says of it; a skip is no failure at a desk', async () => {
  const result = await runFixture({ CI: '', RECON_TEST_RUN: 'fixture' });
  const said = result.stdout.toString();
  assert.ok(said.endsWith(`\n${SUMMARY}`), said);
  assert.match(said, /^ℹ tests 5$[\s\S]*^ℹ skipped 2$/m);
  assert.equal(result.exitCode, 0);
});

test('with CI=true a skip that nobody accepted is a failure, and the summary is in the file for .ci/run', async () => {
  await using directory = await temporaryDirectory('recon-skips-');
  const summary = join(directory.path, 'summary');
  const result = await runFixture({ CI: 'true', RECON_TEST_RUN: 'fixture', RECON_TEST_SUMMARY: summary });
  assert.equal(result.exitCode, 1);
  const text = `${SUMMARY}CI=true: a skip that nobody accepted is a failure\n`;
  assert.ok(result.stdout.toString().endsWith(`\n${text}`));
  assert.equal(await readFile(summary, 'utf8'), text);
});

test('with CI=true skips that are known are none', async () => {
  const result = await runFixture({ CI: 'true' }, '--test-name-pattern=/^(runs|known)$/');
  assert.match(result.stdout.toString(), /\ntests: 1 passed, 0 failed, 1 skipped\n/);
  assert.equal(result.exitCode, 0);
});

test('every skip of the list is one that its test can still come to', async () => {
  for (const { file, test: name, says } of KNOWN_SKIPS) {
    const source = await readFile(join(import.meta.dirname, '..', file), 'utf8');
    for (const words of [name, says]) assert.ok(source.includes(words), `${file} has no longer: ${words}`);
  }
});

test('of many failures only the first are named', () => {
  const report = new SkipReport([], '/checkout/test');
  for (let at = 0; at < 23; at += 1) {
    const data = { name: `number ${at}`, file: '/checkout/test/x.test.ts', details: { duration_ms: 1, type: 'test' } };
    report.note({ type: 'test:fail', data } as TestEvent);
  }
  assert.match(
    String(report),
    /^0 passed, 23 failed, 0 skipped\n {2}failed: x\.test\.ts: number 0\n(.*\n){19} {2}and 3 more, see above\n$/,
  );
});

test('make unit and make integration end so, and with CI=true they end at all', async () => {
  for (const target of ['unit', 'integration'])
    for (const CI of ['true', '']) {
      const plan = await run(['make', '--dry-run', target, `CI=${CI}`], { timeoutMs: 30_000, cwd: ROOT });
      const [line] = plan.stdout.toString().match(/^.* --test .*$/m) ?? [];
      assert.match(line ?? '', / --test-reporter=\.\/test\/skips\/skip-reporter\.ts --test-reporter-destination=stdout /, target);
      assert.match(line ?? '', / --test-timeout=\d+ /);
      assert.equal(/ timeout --kill-after=/.test(line ?? ''), CI === 'true', line);
    }
});

test('.ci/run asks for CI=true and closes with what came of each step, also after a failure', async () => {
  await using directory = await temporaryDirectory('recon-skips-');
  const make = `#!/bin/sh\ncase "$1" in prepare) ;; test) echo "tests: 7 passed, CI=$CI" >> "$RECON_TEST_SUMMARY" ;; lab) ;; *) exit 3 ;; esac\n`;
  await writeFile(join(directory.path, 'make'), make, { mode: 0o755 });
  const path = `PATH=${directory.path}:${process.env['PATH']}`;
  // bash(1): SECONDS counts on from what it was when the shell began
  const ran = (seconds: string): ReturnType<typeof run> =>
    run(['env', '-u', 'CI', path, `SECONDS=${seconds}`, join(ROOT, '.ci/run')], { timeoutMs: 30_000, keepFinalNewline: true });
  const result = await ran('0');
  assert.equal(
    result.stdout.toString().replaceAll(/\d+ min/g, 'N min'),
    `
make prepare: passed, N min after the start
tests: 7 passed, CI=true
make test JOBS=2 BESIDE=images: passed, N min after the start
make lab: passed, N min after the start
make pool: failed after N min
`,
  );
  assert.equal(result.exitCode, 3);
  const slow = await ran('1500');
  assert.match(slow.stdout.toString(), /^make lab SHORT=1: passed, \d+ min after the start$/m, 'on a machine that is slow');
});
