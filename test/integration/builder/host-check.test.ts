import assert from 'node:assert/strict';
import { chmod, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { takeProcessLock } from '../../../src/platform/files/process-lock.ts';
import { type CommandResult, run, runOk } from '../../../src/platform/process/command.ts';
import { placeBuild } from '../../builder/fixture-build.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** What the check itself calls, and what a build does. */
const HOST_PROGRAMS = ['node', 'sh', 'which', 'findmnt', 'losetup', 'unshare', 'mount'];
const BUILD_PROGRAMS = ['xorriso', 'mksquashfs', 'mkfs.vfat', 'mcopy', 'e2fsck', 'rsync', 'cpio', 'zstd', 'curl'];

let checkout = '';
before(async () => {
  checkout = (await temporaryDirectory('recon-checkout-')).path;
  // for who is not root
  await chmod(checkout, 0o755);
  for (const name of ['src', 'recipes', 'overlay', 'package.json'])
    await cp(join(ROOT, name), join(checkout, name), { recursive: true, verbatimSymlinks: true });
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
});
after(async () => rm(checkout, { recursive: true }));

type Spoilt = readonly [title: string, spoil: string, line: RegExp, build: RegExp | undefined];

/** What is wrong with the host: commands that make it so in a mount and network namespace, the line that says it, and what a build says. */
const OF_ANY_RECIPE: readonly Spoilt[] = [
  [
    'no loop devices',
    'mount -t tmpfs tmpfs /dev && mknod -m 666 /dev/null c 1 3 && mknod -m 444 /dev/urandom c 1 9',
    /^MISSING {2}loop devices +there are no loop devices here/m,
    /^recon: there are no loop devices here .*\n {2}try: .*modprobe loop/m,
  ],
  [
    'a full disk',
    'mount -t tmpfs -o size=8m tmpfs "$BUILDS"',
    /^MISSING {2}disk +.* has \d MB free, a build needs \d{4} MB$/m,
    /^recon: .* MB free/m,
  ],
  [
    'a disk without room for one file',
    'mount -t tmpfs -o size=4k,nr_inodes=2 tmpfs "$BUILDS"',
    /^MISSING {2}directory +.* cannot be written: ENOSPC$/m,
    /^recon: .* cannot be written: ENOSPC\n {2}try: /m,
  ],
  ['a read-only directory', 'mount -t tmpfs -o ro tmpfs "$BUILDS"', /^MISSING {2}directory +.* cannot be written: EROFS$/m, /EROFS/],
  [
    'a file system on which nothing may be started',
    'mount -t tmpfs -o size=7g,noexec,nodev tmpfs "$BUILDS"',
    /^MISSING {2}file system +.* is mounted nodev and noexec: no tree in it can be started$/m,
    /^recon: .* mounted nodev and noexec.*\n {2}try: mount -o remount/m,
  ],
  [
    'nobody may mount',
    'DROP="setpriv --bounding-set -sys_admin --inh-caps -sys_admin --"',
    /^MISSING {2}kernel +nothing may be mounted here/m,
    /nothing may be mounted/,
  ],
];
const OF_DEBIAN: readonly Spoilt[] = [
  ['no way out', 'true', /^MISSING {2}mirror, trixie +this host has no network: http:\/\/mirror\.example\/debian has a name/m, undefined],
  [
    'programs that are not installed',
    `mkdir -p "$BUILDS/bin" && for name in ${HOST_PROGRAMS.join(' ')}; do ln -s "$(command -v $name)" "$BUILDS/bin/$name"; done; PATH="$BUILDS/bin"`,
    /^MISSING {2}programs +missing on this host: xorriso, .*curl, debootstrap$/m,
    /^recon: missing on this host: xorriso.*\n {2}try: apt-get install/m,
  ],
];

for (const [name, rows] of [
  ['debian-13', [...OF_DEBIAN, ...OF_ANY_RECIPE]],
  ['suse-leap-15.1', OF_ANY_RECIPE],
] as const) {
  for (const [title, spoil, line, build] of rows) {
    test(`check: ${name}, ${title}`, async () => {
      const checked = await spoiled(spoil, 'check', name);
      assert.match(checked.stdout.toString(), line, checked.stderr.toString());
      assert.equal(checked.exitCode, 2);
      assert.match(checked.stderr.toString(), new RegExp(`^recon: ${name} cannot be built here yet: \\d+ of \\d+ (is|are) missing$`, 'm'));
      if (build === undefined) return;
      const built = await spoiled(spoil, 'target', name);
      assert.match(built.stderr.toString(), build);
      assert.ok(built.exitCode === 1 || built.exitCode === 2);
      assert.doesNotMatch(built.stderr.toString(), /unexpected failure/);
    });
  }
}

test('target: Leap, from a mirror that has not the release', async () => {
  const built = await spoiled('export MIRROR="file://$BUILDS"', 'target', 'suse-leap-15.1');
  const said =
    /^recon: file:\/\/.*\/distribution\/leap\/15\.6\/repo\/oss is not there, or is no repository .*\n {2}try: name another mirror/m;
  assert.match(built.stderr.toString(), said);
  assert.equal(built.exitCode, 2);
});

for (const target of ['check', 'target']) {
  test(`${target}: Leap on a host that is no SUSE and has no zypper`, async () => {
    const programs = [...HOST_PROGRAMS, ...BUILD_PROGRAMS].join(' ');
    const spoil = `mkdir -p "$BUILDS/bin" && for name in ${programs}; do ln -s "$(command -v $name)" "$BUILDS/bin/$name"; done; PATH="$BUILDS/bin"`;
    const debian = 'printf "ID=debian\\nPRETTY_NAME=Debian\\n" > "$BUILDS/os" && mount --bind "$BUILDS/os" /etc/os-release';
    const result = await spoiled(`${debian}; ${spoil}`, target, 'suse-leap-15.1');
    const said = 'suse-leap-15.1 is made of packages of Leap 15.6, and this host is no SUSE and has no zypper';
    if (target === 'check')
      assert.match(
        result.stdout.toString(),
        new RegExp(`^MISSING {2}system +${said} and no rpm and no rpmdb\n +do: apt-get install --no-install-recommends zypper rpm$`, 'm'),
      );
    else
      assert.equal(
        result.stderr.toString().trim(),
        `recon: ${said} and no rpm and no rpmdb\n  try: apt-get install --no-install-recommends zypper rpm`,
      );
    assert.equal(result.exitCode, 2);
  });
}

test('check: Leap, a mirror that has it not, one of the releases that are none, and KIWI from a tree', async () => {
  const none = await spoiled('export LEAP=15.1', 'check', 'suse-leap-15.1');
  assert.match(
    none.stdout.toString(),
    /^MISSING {2}settings +LEAP=15\.1: suse-leap-15\.1 is made from 15\.4, 15\.5, 15\.6, 16\.0\n +do: LEAP=15\.6 /m,
  );
  const checked = await spoiled('export LEAP=16.0 MIRROR="file://$BUILDS"', 'check', 'suse-leap-15.1');
  const said =
    /^MISSING {2}mirror, 16\.0\/repo\/oss +file:\/\/.*\/distribution\/leap\/16\.0\/repo\/oss is not there, or is no repository \(repodata\/repomd\.xml: has no such file\)$/m;
  assert.match(checked.stdout.toString(), said);
  assert.match(checked.stdout.toString(), /^ok {7}KIWI +(a tree with that of Leap 16\.0 is made first|of this host)/m);
});

test('check: who is not root is told so, and the other lines come all the same', async () => {
  const script = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"';
  const result = await run(['sh', '-c', script, 'sh', process.execPath, join(checkout, 'src/main.ts'), 'doctor'], {
    timeoutMs: 60_000,
    environment: { MIRROR: 'http://127.0.0.1:1/debian' },
  });
  assert.equal(result.exitCode, 2, result.stderr.toString());
  assert.match(result.stdout.toString(), /^MISSING {2}root +.*\n +do: sudo \.\/make-recipe-target debian-13 target$/m);
  assert.match(result.stdout.toString(), /^ok +programs/m);
});

test('check leaves nothing behind', async () => {
  await spoiled('true', 'check');
  assert.deepEqual(await readdir(join(checkout, 'builds')), []);
});

test('settings that are wrong are lines, too', async () => {
  const result = await spoiled('export MIRROR=htp://mirror.example', 'check');
  assert.match(result.stdout.toString(), /^MISSING {2}settings +MIRROR=htp:\/\/mirror\.example is not the address of a mirror\n +do: /m);
});

test('two at once: the second one is told who is at work, and nothing of the first is touched', async () => {
  const paths = await placeBuild(checkout);
  await mkdir(paths.work, { recursive: true });
  await writeFile(join(paths.work, 'half'), 'a file');
  {
    const lock = await takeProcessLock(paths.lock);
    assert.ok(!('heldBy' in lock));
    await using _held = lock;
    for (const target of ['target', 'virtual', 'clean']) {
      const result = await recipe(target);
      assert.equal(result.exitCode, 1);
      const said = `recon: builds/debian-13/ is being made already, by process ${process.pid}\n  try: wait until it is done, or end it: kill ${process.pid}`;
      assert.equal(result.stderr.toString().trim(), said);
    }
    assert.deepEqual(await readdir(paths.work), ['half']);
  }
  assert.equal((await recipe('clean')).exitCode, 0);
  assert.deepEqual(await readdir(join(checkout, 'builds')), []);
});

async function recipe(target: string): Promise<CommandResult> {
  return run([process.execPath, join(checkout, 'src/main.ts'), 'recipe', 'debian-13', target], { timeoutMs: 60_000 });
}

/** A call in namespaces of its own, after `spoil`; what that mounts ends with it. */
async function spoiled(spoil: string, target: string, recipeName = 'debian-13'): Promise<CommandResult> {
  const builds = join(checkout, 'builds');
  await runOk(['mkdir', '-p', builds], { timeoutMs: 60_000 });
  const script = `set -e; DROP=; ${spoil}; exec $DROP "$@"`;
  const command = [process.execPath, join(checkout, 'src/main.ts'), 'recipe', recipeName, target];
  const result = await run(['unshare', '--mount', '--propagation', 'private', '--net', 'sh', '-c', script, 'sh', ...command], {
    timeoutMs: 60_000,
    environment: { MIRROR: 'http://mirror.example/debian', BUILDS: builds },
  });
  await runOk(['find', builds, '-mindepth', '1', '-delete'], { timeoutMs: 60_000 });
  return result;
}
