import assert from 'node:assert/strict';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import timers from 'node:timers/promises';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { MACHINE_CONSOLES, openConsoles } from '../../../src/platform/machine/consoles.ts';
import { run } from '../../../src/platform/process/command.ts';

/** A serial line: a pipe whose reader takes what it is told to. */
async function serialLine(t: TestContext) {
  const directory = await temporaryDirectory('recon-console-');
  const path = join(directory.path, 'line');
  await run(['mkfifo', path], { timeoutMs: 60_000 });
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  t.after(async () => {
    closeSync(reader);
    await directory[Symbol.asyncDispose]();
  });
  const take = (most: number): string => {
    const buffer = Buffer.alloc(most);
    let length = 0;
    try {
      while (length < most) {
        const count = readSync(reader, buffer, length, most - length, null);
        if (count === 0) break;
        length += count;
      }
    } catch {
      // empty for now
    }
    return buffer.toString('latin1', 0, length);
  };
  return { path, take, directory: directory.path };
}

/** A clock that goes on as soon as somebody waits for it; `onPause` is called each time. */
function ownTime(t: TestContext, onPause: () => void = () => {}): { takeMs: () => number } {
  const real = timers.setTimeout;
  let passedMs = 0;
  Object.assign(timers, {
    setTimeout: async (durationMs: number): Promise<void> => {
      passedMs += durationMs;
      onPause();
      await timers.setImmediate();
    },
  });
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(timers, { setTimeout: real });
    syncBuiltinESMExports();
  });
  return {
    takeMs: () => {
      const tookMs = passedMs;
      passedMs = 0;
      return tookMs;
    },
  };
}

async function untilIdle(consoles: { isIdle: boolean }): Promise<void> {
  while (!consoles.isIdle) await timers.setImmediate();
}

it('writes to all that are there, with the line ends of a terminal', async () => {
  await using directory = await temporaryDirectory('recon-console-');
  const [one, two] = [join(directory.path, 'one'), join(directory.path, 'two')];
  for (const path of [one, two]) await writeFile(path, '');
  const consoles = await openConsoles([one, join(directory.path, 'missing'), two]);
  assert.equal(consoles.isIdle, true);
  consoles.write('a\nb\r\n');
  assert.equal(consoles.isIdle, false);
  consoles.write('é');
  consoles.write('!');
  await consoles.close();
  assert.equal(consoles.isIdle, true);
  for (const path of [one, two]) assert.equal(await readFile(path, 'utf8'), 'a\r\nb\r\né!');
});

it('offers again what a slow line does not take, in order and whole', async (t) => {
  const line = await serialLine(t);
  let read = '';
  ownTime(t, () => {
    read += line.take(20_000);
  });
  const consoles = await openConsoles([line.path]);
  const text = Array.from({ length: 40_000 }, (_, at) => String(at)).join(' ');
  consoles.write(text);
  consoles.write(' the end');
  await untilIdle(consoles);
  read += line.take(1_000_000);
  assert.equal(read, `${text} the end`);
  await consoles.close();
});

it('loses text after two seconds when nobody reads, and then at once, and does not stop the others', async (t) => {
  const line = await serialLine(t);
  const time = ownTime(t);
  const screen = join(line.directory, 'screen');
  await writeFile(screen, '');
  const consoles = await openConsoles([line.path, screen]);
  const took = async (text: string): Promise<number> => {
    consoles.write(text);
    await untilIdle(consoles);
    return time.takeMs();
  };
  const much = 'x'.repeat(1_000_000);
  assert.equal(await took(much), 2020, 'a pause behind the first part, then two seconds without any');
  assert.equal(await took('more'), 2000);
  assert.equal(await took('still nobody'), 0, 'one try without waiting');
  assert.equal(await readFile(screen, 'utf8'), `${much}morestill nobody`);
  line.take(2_000_000);
  assert.equal(await took('somebody reads again'), 0);
  assert.equal(line.take(100), 'somebody reads again');
  await took(much);
  assert.equal(await took('more'), 2000, 'it took something the last time');
  await consoles.close();
});

it('goes on when a line is pulled', async (t) => {
  const line = await serialLine(t);
  const consoles = await openConsoles(['/dev/full', line.path]);
  consoles.write('words');
  consoles.write(' more');
  await consoles.close();
  assert.equal(line.take(100), 'words more');
});

it('knows the screen, the two serial ports that servers redirect to the network, and that of an arm64 board', () => {
  assert.deepEqual(MACHINE_CONSOLES, ['/dev/tty1', '/dev/ttyS0', '/dev/ttyS1', '/dev/ttyAMA0']);
});
