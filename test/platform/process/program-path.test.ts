import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { mayBeInstalled } from '../../../src/platform/process/program-path.ts';

test('a program is looked for in each directory of the search path, and must be executable', async () => {
  await using work = await temporaryDirectory('recon-test-');
  const tool = join(work.path, 'recon-test-tool');
  await writeFile(tool, '#!/bin/sh\necho here\n');
  assert.equal(await mayBeInstalled('recon-test-tool', `/usr/bin:${work.path}`), false);
  await chmod(tool, 0o755);
  assert.equal(await mayBeInstalled('recon-test-tool', `/usr/bin:${work.path}`), true);
  assert.equal(await mayBeInstalled('recon-test-tool', '/usr/bin:/bin'), false);
  assert.equal(await mayBeInstalled('/no/such/tool', '/usr/bin'), true);
  assert.equal(await mayBeInstalled('recon-test-tool', undefined), true);
});

test('the search path is that of the command, where it has one of its own', async () => {
  await using work = await temporaryDirectory('recon-test-');
  await writeFile(join(work.path, 'recon-test-tool'), '#!/bin/sh\necho here\n', { mode: 0o755 });
  const options = { timeoutMs: 60_000 };
  assert.equal((await run(['recon-test-tool'], options)).status, 'absent');
  const found = await run(['recon-test-tool'], { ...options, environment: { PATH: `${work.path}:${process.env['PATH']}` } });
  assert.deepEqual([found.status, found.stdout.toString()], ['ok', 'here']);
});
