import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ReadStream } from 'node:tty';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readConsoleLines } from '../../../src/platform/machine/console-lines.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { run } from '../../../src/platform/process/command.ts';

/** Two terminals with a cable between them: what is typed on one arrives at the other. */
async function cableBetween(t: TestContext): Promise<{ ours: string; theirs: string } | undefined> {
  if ((await run(['socat', '-V'], { timeoutMs: 60_000 })).status !== 'ok') return void t.skip('there is no socat on this host');
  const directory = await temporaryDirectory('recon-terminal-');
  const [ours, theirs] = [join(directory.path, 'console'), join(directory.path, 'keyboard')];
  const cable = startChild(['socat', `PTY,link=${ours},raw,echo=0`, `PTY,link=${theirs},raw,echo=0`]);
  t.after(async () => {
    await cable.stop();
    await directory[Symbol.asyncDispose]();
  });
  await until(async () => (await exists(ours)) && (await exists(theirs)));
  return { ours, theirs };
}

function terminalsOpen(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TTYWrap').length;
}

test('words typed on a terminal arrive as lines; a terminal that is missing and noise without an end do no harm', async (t) => {
  const cable = await cableBetween(t);
  if (cable === undefined) return;
  const { ours, theirs } = cable;
  const lines: string[] = [];
  const stop = readConsoleLines([ours, `${ours} that is missing`], (line) => lines.push(line));
  t.after(stop);
  await writeFile(theirs, `${'\u00ff'.repeat(5000)}`);
  await writeFile(theirs, '\n  done \nse');
  await until(async () => lines.includes('done'));
  await writeFile(theirs, 'al\r\n');
  await until(async () => lines.includes('seal'));
  assert.deepEqual(
    lines.filter((line) => /^[a-z]+$/.test(line)),
    ['done', 'seal'],
  );
  assert.ok(lines.every((line) => line.length <= 200));
});

test('a byte that is no ASCII is one character', async (t) => {
  const cable = await cableBetween(t);
  if (cable === undefined) return;
  const lines: string[] = [];
  t.after(readConsoleLines([cable.ours], (line) => lines.push(line)));
  await writeFile(cable.theirs, Buffer.from([0xc3, 0xa9, 0x0a]));
  await until(async () => lines.some((line) => line !== ''));
  // a terminal may make two ends of one
  assert.deepEqual(
    lines.filter((line) => line !== ''),
    ['\u00c3\u00a9'],
  );
});

test('a line that fails is given up, and the others are read on until the end', async (t) => {
  const [one, two] = [await cableBetween(t), await cableBetween(t)];
  if (one === undefined || two === undefined) return;
  const opened: ReadStream[] = [];
  const { setEncoding } = ReadStream.prototype;
  t.mock.method(ReadStream.prototype, 'setEncoding', function (this: ReadStream, encoding: BufferEncoding) {
    opened.push(this);
    return setEncoding.call(this, encoding);
  });
  const before = terminalsOpen();
  const lines: string[] = [];
  const stop = readConsoleLines([one.ours, two.ours], (line) => lines.push(line));
  t.after(stop);
  assert.equal(terminalsOpen(), before + 2);
  // what node says when the other end of a serial port is pulled
  opened[0]?.destroy(Object.assign(new Error('read EIO'), { code: 'EIO' }));
  await until(async () => terminalsOpen() === before + 1);
  await writeFile(two.theirs, 'seal\n');
  await until(async () => lines.includes('seal'));
  stop();
  await until(async () => terminalsOpen() === before);
});

test('a line whose other end is not there yet stops nobody', async () => {
  await using directory = await temporaryDirectory('recon-terminal-');
  const path = join(directory.path, 'line');
  await run(['mkfifo', path], { timeoutMs: 60_000 });
  readConsoleLines([path], () => {})();
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await delay(25);
  }
  assert.fail('nothing happened within 5 s');
}
