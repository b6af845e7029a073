import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { findBootMac } from '../../src/peer/boot-mac.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import type { Argv, CommandResult } from '../../src/platform/process/command.ts';

test('the interface that leads to the master, whether its URL has an address or a name', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  await mkdir(join(directory.path, 'sys/class/net/eno2'), { recursive: true });
  await writeFile(join(directory.path, 'sys/class/net/eno2/address'), '52:54:00:AA:00:02\n');
  const outputs: Record<string, string> = {
    'getent ahosts bang': '10.77.0.1       STREAM bang\n',
    'ip -j route get 10.77.0.1': '[{"dst":"10.77.0.1","dev":"eno2","prefsrc":"10.77.0.9","flags":[]}]',
    'ip -j route get fd00::1': '[{"dst":"fd00::1","dev":"../../etc"}]',
  };
  const run = async (argv: Argv): Promise<CommandResult> => {
    const stdout = outputs[argv.join(' ')];
    const status = stdout === undefined ? 'failed' : 'ok';
    return { argv, status, exitCode: 0, signal: undefined, stdout: Buffer.from(stdout ?? ''), stderr: Buffer.alloc(0), durationMs: 1 };
  };
  const deps = { run, root: directory.path };
  assert.equal(await findBootMac('http://10.77.0.1', deps), '52:54:00:aa:00:02');
  assert.equal(await findBootMac('http://bang', deps), '52:54:00:aa:00:02');
  assert.equal(await findBootMac('http://[fd00::1]', deps), undefined);
  assert.equal(await findBootMac('http://10.99.0.1', deps), undefined);
  assert.equal(await findBootMac('http://unknown', deps), undefined);
});
