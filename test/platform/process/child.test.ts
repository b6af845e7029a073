import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { endRunningChildren } from '../../../src/platform/process/running-children.ts';

const shell = (script: string) => ['sh', '-c', script] as const;

it('hands over lines of both outputs, and takes what is written to it', async () => {
  const lines: string[] = [];
  const child = startChild(shell('echo "$LC_ALL $OWN" >&2; read word; echo "got $word"; exit 3'), {
    environment: { OWN: 'mine' },
    onLine: (line) => lines.push(line),
  });
  assert.ok((child.pid ?? 0) > 1);
  child.write(Buffer.from('hello\n'));
  assert.deepEqual(await child.exited, { exitCode: 3, signal: undefined });
  assert.deepEqual(lines.sort(), ['C mine', 'got hello']);
});

it('looks at what a process says only now and then, and has all of it in its order when the process has ended', {
  timeout: 120_000,
}, async () => {
  const lines: string[] = [];
  const child = startChild(shell('i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo "line $i" >&2; done; exit 3'), {
    onLine: (line) => lines.push(line),
    stderrEveryMs: 2,
  });
  assert.deepEqual(await child.exited, { exitCode: 3, signal: undefined });
  assert.deepEqual(
    lines,
    Array.from({ length: 5000 }, (_, at) => `line ${at + 1}`),
  );
});

it('hands over raw bytes, and lines of the other output beside them', async () => {
  const pieces: Uint8Array[] = [];
  const lines: string[] = [];
  const child = startChild(shell('printf "\\001\\377\\n"; echo words >&2'), {
    onBytes: (bytes) => pieces.push(bytes),
    onLine: (line) => lines.push(line),
  });
  await child.exited;
  assert.deepEqual([Buffer.concat(pieces), lines], [Buffer.from([1, 0xff, 0x0a]), ['words']]);
});

it('runs where it is told to', async () => {
  await using directory = await temporaryDirectory('recon-child-');
  const lines: string[] = [];
  await startChild(['pwd', '-P'], { cwd: directory.path, onLine: (line) => lines.push(line) }).exited;
  assert.deepEqual(lines, [await realpath(directory.path)]);
});

it('is asked to end, or made to', async () => {
  assert.deepEqual(await startChild(['sleep', '1000']).stop(), { exitCode: undefined, signal: 'SIGTERM' });
  const child = startChild(['sleep', '1000']);
  child.kill('SIGINT');
  assert.deepEqual(await child.exited, { exitCode: undefined, signal: 'SIGINT' });
});

it('is among those that an interruption ends', async () => {
  const child = startChild(['sleep', '1000']);
  const running = endRunningChildren();
  if (running === 0) child.kill('SIGKILL');
  assert.deepEqual([running, (await child.exited).signal], [1, 'SIGTERM']);
});

it('is no failure of ours when it cannot be started, or does not read what we write', async () => {
  const missing = startChild(['/nowhere/program']);
  assert.equal(missing.pid, undefined);
  missing.write(Buffer.from('x'));
  assert.equal((await missing.exited).exitCode, undefined);
  const deaf = startChild(shell('exec <&-; echo ready; exec sleep 0.2'), { onLine: () => deaf.write(Buffer.alloc(1_000_000)) });
  await deaf.exited;
  deaf.write(Buffer.alloc(1_000_000));
  await new Promise(setImmediate);
});

it('may say more than memory holds, because nothing of it is kept', async () => {
  let saidBytes = 0;
  const child = startChild(['head', '-c', '150000000', '/dev/zero'], {
    onBytes: ({ length }) => {
      saidBytes += length;
    },
  });
  assert.deepEqual(await child.exited, { exitCode: 0, signal: undefined });
  assert.equal(saidBytes, 150_000_000);
});

for (const detached of [true, false, undefined]) {
  it(`${detached === true ? 'outlives us when it is to' : `ends with us (${detached})`}`, async () => {
    const { href } = new URL('../../../src/platform/process/child.ts', import.meta.url);
    const us = `import { startChild } from '${href}';
      const { pid } = startChild(['sleep', '1000'], ${JSON.stringify({ detached })});
      process.stdout.write(String(pid), () => process.exit());`;
    const pid = Number(await runOk([process.execPath, '--input-type=module', '-e', us], { timeoutMs: 60_000 }));
    // one that nobody has asked for its end has no command line any more
    const isRunning = (): boolean => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`).length > 0;
    if (detached === true) {
      assert.equal(isRunning(), true);
      process.kill(pid);
    }
    while (isRunning()) await new Promise(setImmediate);
  });
}

for (const detached of [true, false, undefined]) {
  it(`${detached === true ? 'has a process group of its own when it is to outlive us' : `belongs to our process group (${detached})`}`, async () => {
    const child = startChild(['sleep', '1000'], detached === undefined ? {} : { detached });
    const groupOf = async (pid: number | undefined): Promise<number> =>
      Number((await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')[2]);
    const [group, ours] = [await groupOf(child.pid), await groupOf(process.pid)];
    await child.stop();
    assert.equal(group, detached === true ? child.pid : ours);
  });
}
