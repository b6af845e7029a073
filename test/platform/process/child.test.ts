import assert from 'node:assert/strict';
import { readFile, realpath } from 'node:fs/promises';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { startChild } from '../../../src/platform/process/child.ts';

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

it('is no failure of ours when it cannot be started, or does not read what we write', async () => {
  const missing = startChild(['/nowhere/program']);
  assert.equal(missing.pid, undefined);
  missing.write(Buffer.from('x'));
  assert.equal((await missing.exited).exitCode, undefined);
  const deaf = startChild(shell('exec <&-; echo ready; exec sleep 0.2'), { onLine: () => deaf.write(Buffer.alloc(1_000_000)) });
  await deaf.exited;
});

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
