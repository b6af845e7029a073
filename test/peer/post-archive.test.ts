import assert from 'node:assert/strict';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { ReconError } from '../../src/domain/errors.ts';
import { buildPostArchive } from '../../src/peer/post-archive.ts';
import { checkedMembers } from '../../src/peer/post-members.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';

test('the same bundle gives the same archive, with a run that can be run', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const bundle = join(directory.path, 'bundle.mjs');
  await writeFile(bundle, 'console.log(1);\n');
  const one = await buildPostArchive(bundle);
  await utimes(bundle, 1, 1);
  assert.deepEqual(await buildPostArchive(bundle), one);
  const list = await run(['tar', '--list', '--verbose', '--gzip', '--numeric-owner', '--file=-'], { timeoutMs: 60_000, input: one });
  const lines = list.stdout.toString('utf8').split('\n');
  assert.deepEqual(
    lines.map((line) => line.replaceAll(/\s+/g, ' ').replace(/ 1970-01-01 \S+/, '')),
    ['-rwxr-xr-x 0/0 16 recon.cjs', `-rwxr-xr-x 0/0 ${'#!/bin/sh\nexec "$RECON_NODE" "$(dirname "$0")/recon.cjs" peer-work\n'.length} run`],
  );
  assert.deepEqual(checkedMembers(list.stdout.toString('utf8')), ['recon.cjs', 'run']);
});

test('a bundle that is not there is an error', async () => {
  await assert.rejects(buildPostArchive('/nonexistent/recon.cjs'), /ENOENT/);
});

const line = (type: string, path: string): string => `${type}rwxr-xr-x 0/0      12 2026-01-01 00:00 ${path}`;

test('plain files and directories are fine', () => {
  const listing = [line('d', './'), line('-', './run'), line('d', './lib/'), line('-', './lib/a file..txt'), ''].join('\n');
  assert.deepEqual(checkedMembers(listing), ['run', 'lib/a file..txt']);
});

test('links, devices and paths that lead out are refused', () => {
  const bad = [
    line('l', 'run -> /bin/sh'),
    line('h', 'run link to /etc/passwd'),
    `crw-r--r-- 0/0     1,3 2026-01-01 00:00 null`,
    line('p', 'pipe'),
    line('-', '/etc/passwd'),
    line('-', '../run'),
    line('-', 'a/../../run'),
    line('-', '..'),
    'what is this',
  ];
  for (const one of bad) {
    assert.throws(
      () => checkedMembers([line('-', 'run'), one].join('\n')),
      (error) => error instanceof ReconError && error.code === 'body-malformed',
      one,
    );
  }
  assert.throws(() => checkedMembers(line('-', 'bin/run')), /no file "run"/);
});
