import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';

const MIB = 1024 ** 2;
const RECORDS = 200;

test('two hundred records of a megabyte are sealed with a heap of 64 MiB, and in all of a process of 300', async () => {
  await using directory = await temporaryDirectory('recon-seal-');
  const program = join(import.meta.dirname, 'seal-large-program.ts');
  const sealing = [process.execPath, '--max-old-space-size=64', program, directory.path, String(RECORDS)] as const;
  const { machines, mostBytes } = JSON.parse(await runOk(sealing, { timeoutMs: 600_000 }));
  assert.equal(machines, RECORDS);
  assert.ok(mostBytes < 300 * MIB, `${Math.round(mostBytes / MIB)} MiB`);
});
