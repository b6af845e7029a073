import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { alone } from '../../../src/builder/alone.ts';
import { buildPaths } from '../../../src/builder/image/paths.ts';
import { ReconError } from '../../../src/domain/errors.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TIMEOUT = { timeoutMs: 60_000 };

/** A build whose KIWI mounts something in the root tree, and goes on writing there for as long as it lives. */
const BUILD = `
import { alone } from '${ROOT}/src/builder/alone.ts';
import { buildPaths } from '${ROOT}/src/builder/image/paths.ts';
import { kiwiPrepare } from '${ROOT}/src/builder/image/kiwi.ts';
const paths = buildPaths(process.argv[2], 'debian-13');
const script = 'mkdir -p "$0/proc" && mount -t proc proc "$0/proc" && while :; do date +%s%N > "$0/alive"; sleep 0.05; done';
const call = { prefix: ['sh', '-c', script, paths.work + '/root'], profiles: ['x'], cacheDirectory: '/c', temporaryDirectory: '/t', onLine: () => {} };
await alone(paths, () => kiwiPrepare(call, { description: '/d', root: '/r' }));
`;

test('a build that is killed takes KIWI and its mounts with it; the next one in the same tree begins on clean ground', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('needs root');
  await using repository = await temporaryDirectory('recon-killed-');
  const paths = buildPaths(repository.path, 'debian-13');
  const alive = join(paths.work, 'root/alive');
  const build = await startBuild(t, repository.path);
  await until(() => exists(alive), 'KIWI writes');

  await assert.rejects(
    alone(paths, async () => {}),
    (error) => {
      assert.ok(error instanceof ReconError && error.code === 'busy');
      assert.equal(error.message, `builds/debian-13/ is being made already, by process ${build.pid}`);
      return true;
    },
  );
  assert.ok(await exists(alive), 'the second one touches nothing of the first');

  build.kill('SIGKILL');
  await until(async () => {
    const before = await readFile(alive, 'utf8');
    await sleep(400);
    return before === (await readFile(alive, 'utf8'));
  }, 'KIWI has ended with its build');
  assert.doesNotMatch(await readFile('/proc/self/mountinfo', 'utf8'), new RegExp(repository.path));
  let left: string[] = ['not looked'];
  await alone(paths, async () => {
    left = await readdir(paths.output).catch(() => []);
  });
  assert.deepEqual(left, []);
  assert.deepEqual(await readdir(join(repository.path, 'builds')), ['debian-13'], 'no lock is left');
});

test('mounts and loop devices of a build that was killed while it verified are out of the way before anything is removed', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('needs root');
  await using repository = await temporaryDirectory('recon-killed-');
  const paths = buildPaths(repository.path, 'debian-13');
  const [tree, image, point] = [join(repository.path, 'tree'), join(paths.work, 'a b.squashfs'), join(paths.work, 'verify/root')];
  for (const directory of [tree, point]) await mkdir(directory, { recursive: true });
  await writeFile(join(tree, 'file'), 'kept');
  await runOk(['mksquashfs', tree, image, '-quiet', '-no-progress'], TIMEOUT);
  await runOk(['mount', '-t', 'squashfs', '-o', 'ro,loop', image, point], TIMEOUT);
  await runOk(['mount', '--bind', tree, point], TIMEOUT);
  const device = (await runOk(['losetup', '--find', '--show', '--read-only', image], TIMEOUT)).trim();
  t.after(() => runOk(['losetup', '--detach', device], TIMEOUT).catch(() => undefined));

  await alone(paths, async () => assert.equal(await exists(paths.work), false));
  assert.equal(await readFile(join(tree, 'file'), 'utf8'), 'kept', 'what was mounted there is not emptied');
  assert.doesNotMatch(await readFile('/proc/self/mountinfo', 'utf8'), new RegExp(repository.path));
  assert.doesNotMatch(await runOk(['losetup', '--list', '--output', 'BACK-FILE'], TIMEOUT), new RegExp(repository.path));
});

async function startBuild(t: TestContext, repository: string): Promise<ChildProcess> {
  const script = join(repository, 'build.mjs');
  await writeFile(script, BUILD);
  const child = spawn(process.execPath, [script, repository], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    if (await holds()) return;
    await sleep(100);
  }
  assert.fail(`${what}: not within 30 seconds`);
}
