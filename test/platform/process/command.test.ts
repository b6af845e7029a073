import assert from 'node:assert/strict';
import { realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type CommandResult, commandError, run, runOk, splitLines } from '../../../src/platform/process/command.ts';
import { endRunningChildren } from '../../../src/platform/process/running-children.ts';

const options = { timeoutMs: 60_000 };
const shell = (script: string) => ['sh', '-c', script] as const;

it('tells how a command ended', async () => {
  const ok = await run(shell('echo out; echo err >&2'), options);
  assert.deepEqual([ok.status, ok.exitCode, ok.signal, String(ok.stdout), String(ok.stderr)], ['ok', 0, undefined, 'out', 'err']);
  assert.deepEqual(ok.argv, shell('echo out; echo err >&2'));
  assert.ok(ok.durationMs >= 0);
  const failed = await run(shell('exit 7'), options);
  assert.deepEqual([failed.status, failed.exitCode, failed.stdout.length], ['failed', 7, 0]);
  const killed = await run(shell('kill -9 $$'), options);
  assert.deepEqual([killed.status, killed.exitCode, killed.signal], ['failed', undefined, 'SIGKILL']);
  const late = await run(['sleep', '1000'], { timeoutMs: 50 });
  assert.deepEqual([late.status, late.signal], ['timeout', 'SIGTERM']);
});

it('tells how long a command took', async (t) => {
  let nowMs = 1000;
  t.mock.method(performance, 'now', () => nowMs);
  const running = run(['true'], options);
  nowMs = 1250;
  assert.equal((await running).durationMs, 250);
  assert.equal((await run(['recon-no-such-program'], options)).durationMs, 0);
});

it('tells a program that is not there from one that fails, whether it is named or given by its path', async () => {
  await using directory = await temporaryDirectory('recon-command-');
  await writeFile(join(directory.path, 'no program'), '', { mode: 0o644 });
  for (const program of ['recon-no-such-program', '/nowhere/program', join(directory.path, 'no program')]) {
    const { status, exitCode, signal, stdout, stderr } = await run([program], options);
    assert.deepEqual([status, exitCode, signal, stdout.length, stderr.length], ['absent', undefined, undefined, 0, 0], program);
  }
});

it('gives a command its input, directory and environment, and lets it speak one language', async () => {
  await using directory = await temporaryDirectory('recon-command-');
  assert.equal(await runOk(['cat'], { ...options, input: 'words' }), 'words');
  assert.equal(await runOk(['cat'], { ...options, input: Buffer.from([0x41, 0x42]) }), 'AB');
  assert.equal(await runOk(['cat'], options), '', 'without input there is nothing to wait for');
  assert.equal(await runOk(['pwd', '-P'], { ...options, cwd: directory.path }), await realpath(directory.path));
  const said = await runOk(shell('echo "$LC_ALL $OWN $HOME"'), { ...options, environment: { OWN: 'mine' } });
  assert.equal(said, `C mine ${process.env['HOME'] ?? ''}`);
});

it('takes one newline from the end, or none', async () => {
  assert.equal(await runOk(['printf', 'a\\n\\n'], options), 'a\n');
  assert.equal(await runOk(['printf', 'a\\r\\n\\r\\n'], options), 'a\r\n', 'that of a terminal is two bytes');
  assert.equal(await runOk(['printf', 'a\\r'], options), 'a\r');
  assert.equal(String((await run(shell('echo err >&2'), { ...options, keepFinalNewline: true })).stderr), 'err\n');
  assert.equal(await runOk(['printf', 'a\\n\\n'], { ...options, keepFinalNewline: true }), 'a\n\n');
});

it('ends a command when it is told to', async () => {
  const stop = new AbortController();
  const running = run(['sleep', '1000'], { ...options, signal: stop.signal });
  stop.abort();
  assert.equal((await running).status, 'failed');
});

it('is among those that an interruption ends', async () => {
  const stop = new AbortController();
  let running = 0;
  const result = await run(shell('echo; exec sleep 1000'), {
    ...options,
    signal: stop.signal,
    onLine: () => {
      running = endRunningChildren();
      if (running === 0) stop.abort();
    },
  });
  assert.deepEqual([running, result.status, result.signal], [1, 'failed', 'SIGTERM']);
  assert.equal(endRunningChildren(), 0);
});

for (const [script, output] of [
  ['exec cat /dev/zero >&2', 'stderr'],
  ['trap "" TERM; head -c 300000000 /dev/zero', 'stdout'],
] as const) {
  it(`ends a command that says more than we can hold, and keeps what fits: ${script}`, async () => {
    const result = await run(shell(script), options);
    assert.deepEqual([result.status, result.isTooMuch, result[output].length], ['failed', true, 256 * 1024 ** 2]);
  });
}

it('tells of a failure after much output without making words of all of it', async () => {
  const result = await run(shell('head -c 100000000 /dev/zero; exit 3'), { timeoutMs: 30_000 });
  assert.deepEqual([result.exitCode, result.stdout.length, result.isTooMuch], [3, 100_000_000, undefined]);
  assert.ok(commandError(result).message.length < 5000);
});

it('hands over the lines of both outputs while a command runs', async () => {
  const lines: string[] = [];
  const result = await run(shell('echo one; echo two >&2; printf "three\\r\\nwithout end"'), {
    ...options,
    onLine: (line) => lines.push(line),
  });
  assert.deepEqual(lines.sort(), ['one', 'three', 'two']);
  assert.equal(String(result.stderr), 'two');
});

it('fails with the command and the end of what it said', async () => {
  const said = Array.from({ length: 9 }, (_, at) => `echo line ${at + 1}`).join('; ');
  await assert.rejects(runOk(shell(`${said}; echo why >&2; exit 3`), { ...options, hint: 'try harder' }), {
    code: 'command-failed',
    message: /^sh -c .* failed \(exit code 3\): line 5\nline 6\nline 7\nline 8\nline 9$/s,
    hint: 'try harder',
  });
  await assert.rejects(runOk(['recon-no-such-program', 'x'], options), { message: 'recon-no-such-program x is not installed' });
});

const base: CommandResult = {
  argv: ['tool', '-x'],
  status: 'failed',
  exitCode: 1,
  signal: undefined,
  stdout: Buffer.alloc(0),
  stderr: Buffer.alloc(0),
  durationMs: 1500,
};
const words: readonly [result: Partial<CommandResult>, message: string][] = [
  [{}, 'tool -x failed (exit code 1)'],
  [{ signal: 'SIGSEGV', exitCode: undefined }, 'tool -x failed (SIGSEGV)'],
  [{ signal: 'SIGTERM', exitCode: undefined, isTooMuch: true }, 'tool -x was ended: it said more than 256 MiB'],
  [{ status: 'timeout' }, 'tool -x took longer than 2 s'],
  [{ status: 'absent' }, 'tool -x is not installed'],
  [{ status: 'ok' }, 'tool -x ended'],
  [{ stderr: Buffer.from(' no disk\n') }, 'tool -x failed (exit code 1): no disk'],
  [{ stderr: Buffer.from('a'), stdout: Buffer.from('b') }, 'tool -x failed (exit code 1): a\nb'],
];
for (const [result, message] of words) {
  it(`says: ${message.replaceAll('\n', ' / ')}`, () => {
    const { message: said, hint } = commandError({ ...base, ...result });
    assert.deepEqual([said, hint], [message, undefined]);
  });
}

it('says the end of what was said, and no more than a screen holds', () => {
  const { message } = commandError({ ...base, stdout: Buffer.from(`${'x'.repeat(5000)}end`) });
  assert.equal(message, `tool -x failed (exit code 1): ${'x'.repeat(4093)}end`);
});

it('makes lines of chunks, wherever they are cut', () => {
  const lines: string[] = [];
  const take = splitLines((line) => lines.push(line));
  const bytes = Buffer.from('grün\r\nzwei\n\ndrei\nrest');
  for (let at = 0; at < bytes.length; at += 1) take(bytes.subarray(at, at + 1));
  take(Buffer.from([0xff, 0x0a]));
  assert.deepEqual(lines, ['grün', 'zwei', '', 'drei', 'rest\ufffd']);
});
