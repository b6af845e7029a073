import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;
const NOBODY = '65534';

test('an unknown set is refused', async () => {
  const result = await run([join(ROOT, '.ci/prepare-host'), 'everything'], { timeoutMs: 10_000 });
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr.toString(), /^Usage: prepare-host <set>\.\.\. {4}sets: run, build, test, lab$/m);
});

test('nothing to do: silent', { skip: !isRoot && 'needs root' }, async () => {
  const result = await run([join(ROOT, '.ci/prepare-host'), 'run', 'test'], { timeoutMs: 60_000 });
  assert.equal(result.exitCode, 0, result.stderr.toString());
  assert.equal(`${result.stdout}${result.stderr}`, '');
});

for (const [system, osRelease, command] of [
  ['Debian 12', 'ID=debian\nVERSION_ID="12"\n', /apt-get install --yes --no-install-recommends .*\bdnsmasq-base\b.*\bkiwi\b/],
  ['Debian 13', 'ID=debian\nVERSION_ID="13"\n', /apt-get install --yes --no-install-recommends (?!.*\bkiwi\b).*\bdnsmasq-base\b/],
  ['openSUSE Leap', 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.6"\n', /zypper install .*\bdnsmasq\b/],
] as const) {
  test(`${system}, nothing installed, no root: the exact command, exit code 2`, { skip: !isRoot && 'needs root' }, async () => {
    const result = await onBareHost(osRelease, ['run', 'test']);
    assert.equal(result.exitCode, 2, result.stderr.toString());
    assert.match(result.stderr.toString(), command);
    assert.match(result.stderr.toString(), /\bnpm/, 'npm is missing too');
  });
}

test('another distribution: what the packages are called on Debian', { skip: !isRoot && 'needs root' }, async () => {
  const result = await onBareHost('ID=alpine\n', ['run']);
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr.toString(), /neither Debian nor SUSE.*\n.*npm ca-certificates git/);
});

/** Runs prepare-host as nobody where /etc/os-release says something else and no package database knows anything. */
async function onBareHost(osRelease: string, sets: readonly string[]): Promise<CommandResult> {
  await using directory = await temporaryDirectory('recon-bare-');
  await chmod(directory.path, 0o755);
  const programs = join(directory.path, 'bin');
  await mkdir(programs);
  await writeFile(join(directory.path, 'os-release'), osRelease);
  // only what prepare-host calls, so that there is no npm; both package databases are empty
  for (const name of ['id', 'sed', 'sort', 'grep', 'dirname', 'cat', 'cksum', 'env', 'setpriv', 'sh']) await linkProgram(name, programs);
  for (const name of ['dpkg-query', 'rpm']) await writeFile(join(programs, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const script = 'set -e; mount --bind "$1" /etc/os-release; shift; exec "$@"';
  return await run(
    [
      'unshare',
      ...['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', join(directory.path, 'os-release')],
      ...['env', `PATH=${programs}`, 'setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
      ...['/bin/sh', join(ROOT, '.ci/prepare-host'), ...sets],
    ],
    { timeoutMs: 30_000 },
  );
}

async function linkProgram(name: string, directory: string): Promise<void> {
  const found = await run(['which', name], { timeoutMs: 10_000 });
  const linked = await run(['ln', '-s', found.stdout.toString().trim(), join(directory, name)], { timeoutMs: 10_000 });
  assert.equal(linked.status, 'ok', linked.stderr.toString());
}
