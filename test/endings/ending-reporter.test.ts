import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CommandResult, run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A run as the Makefile begins it, with short limits; NODE_TEST_CONTEXT would make it a part of this one. */
async function runFixture(name: string, sleep: string, limits: Record<string, string>): Promise<CommandResult> {
  const set = Object.entries({ ...limits, SLEEP: sleep }).map(([key, value]) => `${key}=${value}`);
  const argv = ['env', '-u', 'NODE_TEST_CONTEXT', ...set, process.execPath, '--import=./test/endings/mark-file.ts', '--test'] as const;
  const reporters = ['spec', './test/endings/ending-reporter.ts'].flatMap((one) => [
    `--test-reporter=${one}`,
    '--test-reporter-destination=stdout',
  ]);
  return run([...argv, ...reporters, join(import.meta.dirname, 'fixtures', name)], { timeoutMs: 60_000, cwd: ROOT });
}

async function countOf(sleep: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')));
  return lines.filter((line) => line.startsWith('sleep\0') && line.includes(sleep)).length;
}

for (const [name, what, limits, says, others] of [
  ['hangs.ts', 'a file that waits for ever', { RECON_TEST_FILE_LIMIT_MS: '2500' }, 'it took too long', 3],
  ['blocks.ts', 'a file that blocks its own process', { RECON_TEST_FILE_LIMIT_MS: '2500' }, 'it took too long', 1],
  ['leaves.ts', 'a file that is over, and whose program is not', { RECON_TEST_IDLE_LIMIT_MS: '500' }, 'its tests are over', 1],
] as const) {
  test(`${what} is ended with what it started, and the run fails`, async () => {
    const sleep = `${100_000 + process.pid}.${name.length}`;
    const { status, exitCode, stdout, stderr } = await runFixture(name, sleep, limits);
    assert.notEqual(status, 'timeout', 'the run did not end');
    assert.equal(exitCode, 1, stdout.toString());
    assert.ok(stderr.toString().includes(says), stderr.toString());
    assert.equal(stderr.toString().match(/^ {4}\S/gm)?.length, others, stderr.toString());
    assert.equal(await countOf(sleep), 0);
  });
}

test('what a file leaves behind ends after it, and the run goes on', async () => {
  const sleep = `${100_000 + process.pid}.9`;
  const { status, exitCode, stderr } = await runFixture('orphans.ts', sleep, { RECON_TEST_IDLE_LIMIT_MS: '300' });
  assert.notEqual(status, 'timeout', 'the run did not end');
  assert.equal(exitCode, 0);
  assert.match(stderr.toString(), /it left behind, and it is ended now, with\n {4}(setsid )?sleep /);
  assert.equal(await countOf(sleep), 0);
});

test('every run of the Makefile is watched so', async () => {
  for (const target of ['unit', 'integration', 'lint']) {
    const plan = await run(['make', '--dry-run', target], { timeoutMs: 30_000, cwd: ROOT });
    const [line = ''] = plan.stdout.toString().match(/^.* --test .*$/m) ?? [];
    assert.match(line, / --import=\.\/test\/endings\/mark-file\.ts /, target);
    assert.match(line, / --test-reporter=\.\/test\/endings\/ending-reporter\.ts --test-reporter-destination=stdout /, target);
  }
});
