import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { atOnce } from '../../src/platform/in-turns.ts';
import { cutEntries } from '../../src/settings/cut-entries.ts';
import { entrySettings } from '../../src/settings/entry-settings.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('what is remembered of an entry keeps no text of the whole file in memory', () => {
  const Notes = z.record(z.string(), z.strictObject({ note: z.string() }));
  const lines = [...Array(5000).keys()].map((number) => `n${number}: { note: 'what somebody wrote of this one, at ${number} letters' }\n`);
  const read = (turn: number): void => {
    lines[turn * 40] = `n${turn * 40}: { note: 'what somebody wrote in turn ${turn} of this test' }\n`;
    // as it comes from the disk: in memory of its own
    const text = Buffer.from(lines.join('')).toString();
    assert.equal(atOnce(entrySettings(cutEntries(text)?.entries ?? [], Notes))?.outcome, 'ok');
  };
  read(0);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let turn = 1; turn <= 100; turn += 1) read(turn);
  collectGarbage();
  const grownMiB = (process.memoryUsage().heapUsed - before) / 1024 ** 2;
  assert.ok(grownMiB < 12, `${grownMiB.toFixed(1)} MiB for 100 texts of 0.3 MiB`);
});
