import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LEAP_TOOL_PACKAGES } from '../../../src/builder/image/leap-tool-root.ts';
import { type KiwiRunner, toolRootRunner } from '../../../src/builder/image/tool-root.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { type Argv, type CommandResult, run, runOk } from '../../../src/platform/process/command.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';
import { processesNaming } from './processes.ts';
import { makeRepository, type StandIn } from './rpm-packages.ts';
import { serveDirectory } from './serve-directory.ts';
import { OWN_DATABASE, smallToolTree } from './small-tool-tree.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PATIENCE = { timeoutMs: 120_000, pauseMs: 100 };

/** A build that comes as far as the tree. */
function makingText(repositoryRoot: string, path: string, url: string): string {
  const options = JSON.stringify({ repositoryRoot, mirror: '', leap: { release: '15.6', repositories: [url] } });
  return `
import { toolRootRunner } from '${ROOT}/src/builder/image/tool-root.ts';
import { silentLog } from '${ROOT}/src/platform/log.ts';
await toolRootRunner({ ...${options}, log: silentLog }, ${JSON.stringify(path)});
`;
}

describe('the tree with the KIWI of Leap, of stand-ins for its packages', () => {
  const stack = new AsyncDisposableStack();
  let directory = '';
  let good = '';
  before(async () => {
    directory = stack.use(await temporaryDirectory('recon-leap-')).path;
    good = await repository('good', {});
  });
  after(() => stack.disposeAsync());

  /** A repository below the directory; its address as a file. */
  async function repository(name: string, { rpmdb, without }: { rpmdb?: string; without?: string }): Promise<string> {
    const [tree, place] = [join(directory, name, 'tree'), join(directory, name, 'repository')];
    await smallToolTree(tree, rpmdb);
    const base: StandIn = { name: 'stand-in-base', tree, provides: ['/bin/sh'] };
    const thin = LEAP_TOOL_PACKAGES.filter((one) => one !== without).map(
      (one): StandIn => ({
        name: one,
        requires: ['stand-in-base'],
        ...(one === 'zypper' ? { post: 'echo here > /etc/zypper-was-here' } : {}),
      }),
    );
    await makeRepository(place, [base, ...thin], join(directory, name, 'scratch'));
    return place;
  }

  /** A checkout that has nothing but the script. */
  async function checkout(name: string): Promise<string> {
    const path = join(directory, 'checkouts', name);
    await rm(path, { recursive: true, force: true });
    await mkdir(path, { recursive: true });
    await cp(join(ROOT, '.ci'), join(path, '.ci'), { recursive: true });
    return path;
  }

  async function made(name: string, url: string): Promise<KiwiRunner> {
    const repositoryRoot = await checkout(name);
    const leap = { release: '15.6', repositories: [url] };
    return toolRootRunner({ repositoryRoot, mirror: '', leap, log: silentLog }, join(repositoryRoot, 'builds/.tools/leap-15.6'));
  }

  it('has all that was installed in a database of its own rpm, and nothing of the host is mounted or left in it', async () => {
    const { prefix } = await made('good', `file://${good}`);
    const inside = async (...words: string[]): Promise<CommandResult> =>
      run([...prefix, ...words] as unknown as Argv, { timeoutMs: 60_000 });
    const names = (await inside('rpm', '-qa', '--queryformat', '%{NAME}\n')).stdout.toString().trim().split('\n').sort();
    assert.deepEqual(names, ['stand-in-base', ...LEAP_TOOL_PACKAGES].sort());
    assert.match((await inside('kiwi-ng', '--version')).stdout.toString(), /^KIWI .* version 9\.0/);
    const tree = prefix[1] ?? '';
    assert.ok(await exists(join(tree, OWN_DATABASE)));
    assert.equal(await readFile(join(tree, 'etc/zypper-was-here'), 'utf8'), 'here\n', 'scripts of packages ran in the tree');
    assert.deepEqual(await readdir(join(tree, 'root')), [], 'the database of the host');
    assert.ok(!(await readFile('/proc/self/mountinfo', 'utf8')).includes(directory));
  });

  it('is made once', async () => {
    const repositoryRoot = join(directory, 'checkouts/good');
    const path = join(repositoryRoot, 'builds/.tools/leap-15.6');
    const leap = { release: '15.6', repositories: ['http://127.0.0.1:1/nowhere'] };
    assert.deepEqual((await toolRootRunner({ repositoryRoot, mirror: '', leap, log: silentLog }, path)).prefix.slice(1), [
      path,
      repositoryRoot,
    ]);
  });

  it('is none when its rpm does not see what was installed: that fails nowhere else', async () => {
    // as an rpm does that cannot read what it is given
    const url = await repository('blind', { rpmdb: '#!/bin/sh\ncat > /dev/null\n' });
    await assert.rejects(made('blind', `file://${url}`), {
      code: 'build-failed',
      message: `the rpm of the tree with KIWI sees 0 of its ${LEAP_TOOL_PACKAGES.length + 1} packages`,
    });
    assert.deepEqual(await readdir(join(directory, 'checkouts/blind/builds/.tools')), ['leap-15.6.partial']);
  });

  it('says of a disk on which the tree has no room that it is full', async () => {
    const repositoryRoot = await checkout('small');
    const builds = join(repositoryRoot, 'builds');
    await mkdir(builds);
    await runOk(['mount', '-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', builds], { timeoutMs: 60_000 });
    try {
      const leap = { release: '15.6', repositories: [`file://${good}`] };
      const making = toolRootRunner({ repositoryRoot, mirror: '', leap, log: silentLog }, join(builds, '.tools/leap-15.6'));
      await assert.rejects(making, { code: 'disk-full', message: 'the disk is full (while the tree with KIWI was made)' });
    } finally {
      await runOk(['umount', builds], { timeoutMs: 60_000 });
    }
  });

  it('killed: zypper ends with the build, and what is half made has another name and is made anew', async () => {
    const slow = join(directory, 'slow');
    await cp(good, slow, { recursive: true });
    // a mirror that stops in the midst of a package
    const mirror = await serveDirectory(slow, (path) => path.includes('python3-kiwi'));
    stack.defer(mirror.close);
    const repositoryRoot = await checkout('killed');
    const path = join(repositoryRoot, 'builds/.tools/leap-15.6');
    const script = join(directory, 'killed.mjs');
    await writeFile(script, makingText(repositoryRoot, path, mirror.url));
    const child = spawn(process.execPath, [script], { stdio: 'ignore' });
    stack.defer(() => void child.kill('SIGKILL'));
    assert.ok(await waitFor(async () => (mirror.stalled() > 0 ? true : undefined), PATIENCE), 'zypper fetches');
    const zyppers = async (): Promise<number> => (await processesNaming(`${path}.partial`)).length;
    assert.ok((await zyppers()) > 0);
    child.kill('SIGKILL');
    assert.ok(await waitFor(async () => ((await zyppers()) === 0 ? true : undefined), PATIENCE), 'nothing goes on');
    assert.ok(!(await readFile('/proc/self/mountinfo', 'utf8')).includes(repositoryRoot));
    assert.equal(await exists(path), false);
    const leap = { release: '15.6', repositories: [`file://${good}`] };
    await toolRootRunner({ repositoryRoot, mirror: '', leap, log: silentLog }, path);
    assert.deepEqual(await readdir(join(repositoryRoot, 'builds/.tools')), ['leap-15.6']);
  });

  it('names a package that the mirror has not', async () => {
    const url = await repository('poor', { without: 'python3-kiwi' });
    await assert.rejects(made('poor', `file://${url}`), {
      code: 'build-failed',
      message: 'the mirror has no package python3-kiwi (while the tree with KIWI was made)',
    });
  });

  it('names packages that are not what the index says, of which there is half, and that are not there, and goes on when they are', async () => {
    const place = join(directory, 'spoilt');
    await cp(good, place, { recursive: true });
    const rpm = join(place, 'x86_64', 'python3-kiwi-1-1.x86_64.rpm');
    const whole = await readFile(rpm);
    const mirror = await serveDirectory(place);
    stack.defer(mirror.close);
    const other = Buffer.from(whole);
    other[other.length - 20] = (other[other.length - 20] ?? 0) ^ 255;
    for (const [spoil, said] of [
      [() => writeFile(rpm, other), /^the mirror sent packages that are not what its own index says: python3-kiwi\b/],
      [() => truncate(rpm, whole.length / 2), /^the mirror sent packages that are not what its own index says: python3-kiwi\b/],
      [() => rm(rpm), /^packages could not be fetched from the mirror: python3-kiwi\b/],
    ] as const) {
      await spoil();
      await assert.rejects(made('spoilt', mirror.url), { code: 'build-failed', message: said });
    }
    await writeFile(rpm, whole);
    // and the next build goes on
    await made('spoilt', mirror.url);
  });
});
