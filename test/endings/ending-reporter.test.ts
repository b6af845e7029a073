import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startChild } from '../../src/platform/process/child.ts';
import { type Argv, type CommandResult, run } from '../../src/platform/process/command.ts';
import { waitFor } from '../../src/platform/process/wait-for.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A run as the Makefile begins it, with short limits; NODE_TEST_CONTEXT would make it a part of this one. */
async function runFixture(name: string, sleep: string, limits: Record<string, string>): Promise<CommandResult> {
  return run(fixtureRun(name, sleep, limits), { timeoutMs: 60_000, cwd: ROOT });
}

function fixtureRun(name: string, sleep: string, limits: Record<string, string>): Argv {
  const set = Object.entries({ ...limits, SLEEP: sleep }).map(([key, value]) => `${key}=${value}`);
  const argv = ['env', '-u', 'NODE_TEST_CONTEXT', ...set, process.execPath, '--import=./test/endings/mark-file.ts', '--test'] as const;
  const reporters = ['spec', './test/endings/ending-reporter.ts'].flatMap((one) => [
    `--test-reporter=${one}`,
    '--test-reporter-destination=stdout',
  ]);
  return [...argv, ...reporters, join(import.meta.dirname, 'fixtures', name)];
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

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const) {
  test(`a run that ends by ${signal} leaves nothing of what its files started`, async () => {
    const sleep = `${100_000 + process.pid}.${signal.length}${signal.charCodeAt(3)}`;
    const running = startChild(fixtureRun('hangs.ts', sleep, {}), { cwd: ROOT });
    const settled = (wanted: (count: number) => boolean): Promise<true | undefined> =>
      waitFor(async () => (wanted(await countOf(sleep)) ? true : undefined), { timeoutMs: 30_000, pauseMs: 50 });
    assert.ok(await settled((count) => count === 2), 'it has not started');
    running.kill(signal);
    await running.exited;
    assert.ok(await settled((count) => count === 0), 'its programs run on');
  });
}

test('every run of the Makefile is watched so', async () => {
  for (const target of ['unit', 'integration', 'lint', 'kills', 'fuzz']) {
    const plan = await run(['make', '--dry-run', target], { timeoutMs: 30_000, cwd: ROOT });
    const [line = ''] = plan.stdout.toString().match(/^.* --test .*$/m) ?? [];
    assert.match(line, / --import=\.\/test\/endings\/mark-file\.ts /, target);
    assert.match(line, / --test-reporter=\.\/test\/endings\/ending-reporter\.ts --test-reporter-destination=stdout /, target);
  }
});
