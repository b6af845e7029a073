import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { readConsoleLines } from '../../../src/platform/machine/console-lines.ts';
import { startChild } from '../../../src/platform/process/child.ts';
import { run } from '../../../src/platform/process/command.ts';

test('words typed on a terminal arrive as lines; a terminal that is missing and noise without an end do no harm', async (t) => {
  if ((await run(['socat', '-V'], { timeoutMs: 60_000 })).status !== 'ok') return t.skip('there is no socat on this host');
  await using directory = await temporaryDirectory('recon-terminal-');
  const [ours, theirs] = [join(directory.path, 'console'), join(directory.path, 'keyboard')];
  const cable = startChild(['socat', `PTY,link=${ours},raw,echo=0`, `PTY,link=${theirs},raw,echo=0`]);
  t.after(() => cable.stop());
  await until(async () => (await exists(ours)) && (await exists(theirs)));

  const lines: string[] = [];
  const stop = readConsoleLines([ours, join(directory.path, 'missing')], (line) => lines.push(line));
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

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await delay(25);
  }
  assert.fail('nothing happened within 5 s');
}
