import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LEAP_TOOL_PACKAGES } from '../../../src/builder/image/leap-tool-root.ts';
import { type KiwiRunner, toolRootRunner } from '../../../src/builder/image/tool-root.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { type Argv, type CommandResult, run } from '../../../src/platform/process/command.ts';
import { makeRepository, type StandIn } from './rpm-packages.ts';
import { serveDirectory } from './serve-directory.ts';
import { OWN_DATABASE, smallToolTree } from './small-tool-tree.ts';

const ROOT = join(import.meta.dirname, '../../..');

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
