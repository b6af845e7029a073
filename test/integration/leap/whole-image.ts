// `make leap`: not one of the quick tests, because it makes a Debian tree, builds an image and boots it.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ImageManifest } from '../../../src/domain/image.ts';
import { exists } from '../../../src/platform/files/files.ts';
import { type CommandResult, run, runOk } from '../../../src/platform/process/command.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';
import { visitFrom } from './boot-image.ts';
import { copyForBuild } from './checkout.ts';
import { processesNaming } from './processes.ts';
import { makeStandInMirror } from './stand-in-mirror.ts';
import { makeStandInTree } from './stand-in-tree.ts';

const PLACE = join(import.meta.dirname, '../../../builds/.leap');
/** One that was made before, for who changes something behind it: making it takes minutes. */
const GIVEN_MIRROR = process.env['RECON_STAND_IN_MIRROR'] || undefined;
const RECIPE = 'suse-leap-15.1';
const HOUR_MS = 3_600_000;

describe('./make-recipe-target suse-leap-15.1 target on a host that is no SUSE, from a mirror of stand-ins for the packages of Leap', () => {
  const mirror = GIVEN_MIRROR ?? join(PLACE, 'mirror');
  let checkout = '';
  let output = '';
  const isFine = false;
  before(async () => {
    await rm(PLACE, { recursive: true, force: true });
    await mkdir(PLACE, { recursive: true });
    if (GIVEN_MIRROR === undefined) await makeMirror(mirror);
    checkout = await copyForBuild(join(PLACE, 'checkout'));
    output = join(checkout, 'builds', RECIPE);
  });
  // after a failure a person looks into build.log and at the console
  after(async () => (isFine ? rm(PLACE, { recursive: true, force: true }) : undefined));

  function command(target: string, environment: Record<string, string> = {}): Promise<CommandResult> {
    return run([join(checkout, 'make-recipe-target'), RECIPE, target], {
      timeoutMs: HOUR_MS,
      cwd: checkout,
      environment: { MIRROR: `file://${mirror}`, FAST: '1', ...environment },
      onLine: (line) => console.log(line),
    });
  }

  it('check finds nothing amiss', async () => {
    const checked = await command('check');
    assert.equal(checked.exitCode, 0, checked.stdout.toString());
    assert.match(checked.stdout.toString(), /^ok {7}KIWI +a tree with that of Leap 15\.6 is made first, from the mirror/m);
  });

  it('killed while zypper makes the tree, KIWI fills the root, and the root is packed: all ends with it, and nothing half is taken for whole', async () => {
    const [tree, cache] = [join(checkout, 'builds/.tools/leap-15.6'), join(checkout, 'builds/.cache', RECIPE)];
    const kept = async (): Promise<string[]> =>
      (await readdir(cache).catch(() => [])).filter((name) => /^(root|squashfs)-/.test(name)).sort();
    await killed(() => exists(join(`${tree}.partial`, 'etc/recon-stand-in')));
    assert.equal(await exists(tree), false);
    await killed(() => exists(join(output, '.work/root/etc/recon-stand-in')));
    assert.ok(await exists(tree));
    assert.deepEqual(await kept(), []);
    await killed(async () => (await kept()).some((name) => name.endsWith('.partial')));
    assert.match((await kept()).join(' '), /^root-[0-9a-f]{16} squashfs-[0-9a-f]{16}\.partial$/);
    assert.equal(await exists(join(output, 'manifest.json')), false);
  });

  it('ends in an ISO that says by name, volume id and manifest that it is a stand-in', async () => {
    const built = await command('target');
    assert.equal(built.exitCode, 0, built.stderr.toString());
    assert.deepEqual(await mountsBelow(checkout), []);
    const manifest = await manifestOf(output);
    assert.equal(manifest.standIn, true);
    const name = (await readdir(output)).find((one) => one.endsWith('.iso')) ?? '';
    assert.match(name, /^recon-stand-in\.x86_64-15\.x\.1\.iso$/);
    const info = await runOk(['blkid', '-p', '-o', 'value', '-s', 'LABEL', join(output, name)], { timeoutMs: 60_000 });
    assert.equal(info.trim(), 'RECON_STAND_IN');
    await runOk(['sha256sum', '--check', '--quiet', 'SHA256SUMS'], { timeoutMs: 600_000, cwd: output });
    const packages = await readFile(join(output, 'recon.packages'), 'utf8');
    for (const one of ['kernel-default', 'openSUSE-release', 'systemd-sysvinit']) assert.match(packages, new RegExp(`^${one}\\|`, 'm'));
  });

  it('a second time there is nothing to do, and http and disk do not take it', async () => {
    const again = await command('target');
    assert.match(again.stderr.toString(), /is up to date: nothing has changed since it was built/);
    for (const target of ['http', 'disk']) {
      const refused = await command(target, { HTTP_DIR: join(PLACE, 'htdocs') });
      assert.equal(refused.exitCode, 2);
      assert.match(
        refused.stderr.toString(),
        /^recon: builds\/suse-leap-15\.1\/ holds a stand-in, made of another distribution's packages/m,
      );
    }
    assert.equal(await exists(join(PLACE, 'htdocs')), false);
  });

  it('a machine that boots from it serves, another one boots from that over the network; both have their record, and no disk is touched', async () => {
    const work = join(PLACE, 'boot');
    await mkdir(work);
    const name = (await readdir(output)).find((one) => one.endsWith('.iso')) ?? '';
    const { console, findings } = await visitFrom(join(output, name), work);
    assert.deepEqual(findings, []);
    assert.ok(
      console.some((line) => line.includes('15.x.1')),
      'the version of the recipe',
    );
  });

  /** Starts a build, and kills it as nothing can be kept from, once that holds. */
  async function killed(holds: () => Promise<boolean>): Promise<void> {
    const child = spawn(join(checkout, 'make-recipe-target'), [RECIPE, 'target'], {
      cwd: checkout,
      stdio: 'inherit',
      env: { ...process.env, MIRROR: `file://${mirror}`, FAST: '1' },
    });
    const isOver = (): boolean => child.exitCode !== null;
    const seen = await waitFor(async () => ((await holds()) || isOver() ? true : undefined), { timeoutMs: HOUR_MS, pauseMs: 100 });
    assert.ok(seen === true && !isOver(), 'the build came so far, and no farther');
    await ended(child);
    const isQuiet = async (): Promise<true | undefined> => ((await processesNaming(checkout)).length === 0 ? true : undefined);
    assert.ok(await waitFor(isQuiet, { timeoutMs: 60_000, pauseMs: 200 }), (await processesNaming(checkout)).join('\n'));
    assert.deepEqual(await mountsBelow(checkout), []);
  }
});

async function makeMirror(mirror: string): Promise<void> {
  const tree = join(PLACE, 'tree');
  await makeStandInTree(tree);
  await makeStandInMirror(mirror, { tree, release: '15.6' }, join(PLACE, 'scratch'));
  await rm(tree, { recursive: true });
}

async function ended(child: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await over;
}

async function mountsBelow(path: string): Promise<string[]> {
  return (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').filter((line) => line.includes(path));
}

async function manifestOf(output: string): Promise<ImageManifest> {
  return ImageManifest.parse(JSON.parse(await readFile(join(output, 'manifest.json'), 'utf8')));
}
