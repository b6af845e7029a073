import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isStandInOfAnother, zyppRepository } from '../../../src/builder/image/leap-tool-root.ts';
import { debootstrapArguments, kiwiRunner, TOOL_PACKAGES, toolRootRunner } from '../../../src/builder/image/tool-root.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { type Argv, run, runOk } from '../../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('a host with kiwi-ng uses its own', async (t) => {
  const own = await run(['kiwi-ng', '--version'], { timeoutMs: 60_000 });
  if (own.status !== 'ok') return t.skip('there is no kiwi-ng on this host');
  await using repository = await temporaryDirectory('recon-tools-');
  const runner = await kiwiRunner({ repositoryRoot: repository.path, mirror: 'http://mirror.example/debian', log: silentLog });
  assert.deepEqual(runner, { prefix: [], environment: {} });
});

test('a tool root that is there is used as it is', async () => {
  await using repository = await temporaryDirectory('recon-tools-');
  const path = join(repository.path, 'builds/.tools/debian-12');
  await mkdir(path, { recursive: true });
  const said: string[] = [];
  const log = { ...silentLog, info: (line: string) => void said.push(line) };
  const runner = await toolRootRunner({ repositoryRoot: repository.path, mirror: 'http://mirror.example/debian', log }, path);
  assert.deepEqual(runner.prefix, [join(repository.path, '.ci/in-tool-root'), path, repository.path]);
  assert.deepEqual(said, []);
});

test('a mirror that is a directory of this host is there for KIWI, too', async () => {
  await using repository = await temporaryDirectory('recon-tools-');
  const path = join(repository.path, 'builds/.tools/debian-12');
  await mkdir(path, { recursive: true });
  const runner = await toolRootRunner({ repositoryRoot: repository.path, mirror: 'file:///srv/a%20mirror', log: silentLog }, path);
  assert.deepEqual(runner.prefix.slice(1), ['--show', '/srv/a mirror', path, repository.path]);
});

test('the tree with KIWI of a stand-in is for the repositories that it came from; one of openSUSE is kept', async () => {
  await using directory = await temporaryDirectory('recon-tools-');
  await mkdir(join(directory.path, 'etc/zypp/repos.d'), { recursive: true });
  const urls = ['file:///stand-in/oss', 'file:///stand-in/update'];
  for (const [index, url] of urls.entries())
    await writeFile(join(directory.path, `etc/zypp/repos.d/recon-${index}.repo`), zyppRepository(index, url));
  const others = ['https://mirror.example/oss', ...urls.slice(1)];
  assert.equal(await isStandInOfAnother(directory.path, others), false);
  await writeFile(join(directory.path, 'etc/recon-stand-in'), '');
  assert.equal(await isStandInOfAnother(directory.path, urls), false);
  assert.equal(await isStandInOfAnother(directory.path, others), true);
  assert.equal(await isStandInOfAnother(directory.path, [...urls, 'file:///stand-in/new']), true);
});

test('the tree is a Debian with KIWI, and has the script for the image', () => {
  assert.deepEqual(debootstrapArguments('/t/debian-12', 'http://mirror.example/debian'), [
    'debootstrap',
    '--variant=minbase',
    'bookworm',
    '/t/debian-12',
    'http://mirror.example/debian',
  ]);
  for (const name of ['kiwi', 'kiwi-systemdeps-iso-media', 'debootstrap'] as const) assert.ok(TOOL_PACKAGES.includes(name));
});

test('in-tool-root says how it is called', async () => {
  const result = await run([join(ROOT, '.ci/in-tool-root'), '/'], { timeoutMs: 60_000 });
  assert.equal(result.exitCode, 2);
  assert.match(
    result.stderr.toString(),
    /^Usage: in-tool-root \[--host\] \[--show <directory>\] <root directory> <repository directory> <command>/,
  );
});

test('in-tool-root: the repository at its own path inside, nothing mounted outside, the exit code of the command', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('mount namespaces need root');
  await using directory = await temporaryDirectory('recon-tools-');
  const root = join(directory.path, 'root');
  const repository = join(directory.path, 'repository');
  await mkdir(repository);
  await mkdir(join(root, 'etc'), { recursive: true });
  const mirror = join(directory.path, 'a mirror');
  await mkdir(mirror);
  await writeFile(join(repository, 'marker'), 'here');
  await writeFile(join(mirror, 'index'), ' it is');
  await copyProgram('/bin/sh', root);
  await copyProgram('/bin/cat', root);
  const inside = (script: string, ...options: string[]): Argv => [
    join(ROOT, '.ci/in-tool-root'),
    ...options,
    root,
    repository,
    'sh',
    '-c',
    script,
  ];
  const shown = await run(inside(`cat ${repository}/marker "${mirror}/index"; : > "${mirror}/new" || exit 8`, '--show', mirror), {
    timeoutMs: 60_000,
  });
  assert.equal(shown.stdout.toString(), 'here it is', shown.stderr.toString());
  assert.match(shown.stderr.toString(), /Read-only file system/);
  const result = await run(inside(`cat ${repository}/marker; [ -e /proc/self/stat ] && [ -c /dev/null ] && [ -d /sys/kernel ] && exit 7`), {
    timeoutMs: 60_000,
  });
  assert.equal(result.exitCode, 7, result.stderr.toString());
  assert.equal(result.stdout.toString(), 'here');
  assert.ok(!(await readFile('/proc/self/mountinfo', 'utf8')).includes(directory.path));
});

/** A program with the libraries that it is linked to, at their own paths. */
async function copyProgram(path: string, root: string): Promise<void> {
  const libraries = (await runOk(['ldd', path], { timeoutMs: 60_000 })).match(/\/\S+/g) ?? [];
  for (const file of [path, ...libraries]) {
    await mkdir(join(root, dirname(file)), { recursive: true });
    await copyFile(file, join(root, file));
  }
}
