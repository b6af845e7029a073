import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';
import { gitCommits } from '../../../src/pool/store/git-commits.ts';
import { openPoolStore, type PoolStore } from '../../../src/pool/store/pool-store.ts';

const NODES = "node-000: { macs: ['52:54:00:66:00:01'], boot: hold }\n";
const OWNER = ['-c', 'user.name=owner', '-c', 'user.email=owner@desk', '-c', 'commit.gpgSign=false'];

// what a hook or a person's own settings say must not reach the repositories of a test
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });

/** A pool in a checkout's subfolder, with one commit of its owner; `program` stands for git when it is given. */
async function rig(t: TestContext, { isCheckout = true, program }: { isCheckout?: boolean; program?: string } = {}) {
  const directory = await temporaryDirectory('recon-commits-');
  t.after(() => directory[Symbol.asyncDispose]());
  const [top, folder] = [join(directory.path, 'site'), join(directory.path, 'site/pool')];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'nodes.yaml'), NODES);
  await writeFile(join(top, 'README'), 'ours\n');
  const git = (...args: string[]): Promise<string> => runOk(['git', ...OWNER, ...args], { cwd: top, timeoutMs: 60_000 });
  if (isCheckout) {
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'begin');
  }
  const commits = gitCommits(folder, { host: 'head1', ...(program === undefined ? {} : { program }) });
  const store = await openPoolStore(folder, { stateDirectory: join(directory.path, 'state'), now: () => new Date(0), commits });
  return { top, folder, directory: directory.path, git, store };
}

/** By somebody, a state of files; undefined takes one away. */
const write = (store: PoolStore, by: string, files: Record<string, string | undefined>) =>
  store.change({
    ...{ by, what: `${Object.keys(files).join(' and ')} by ${by}` },
    edit: (before) => new Map([...before, ...Object.entries(files)].filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });

test('a change is one commit of its files alone, by who made it; so is the way back', async (t) => {
  const { store, git, folder } = await rig(t);
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon'), 'groups.yaml': 'rack1: {}\n' });
  assert.equal(
    await git('log', '--format=%an <%ae> %cn <%ce> %s', '--name-status', '-1'),
    [
      'anna <anna@head1> anna <anna@head1> nodes.yaml and groups.yaml by anna (revision 2)',
      '',
      'A\tpool/groups.yaml',
      'M\tpool/nodes.yaml',
    ].join('\n'),
  );
  const first = await store.revision(1);
  await store.change({ by: 'bert', what: 'back to revision 1', edit: () => new Map(Object.entries(first?.files ?? {})) });
  assert.equal(await git('log', '--format=%an %s', '-1'), 'bert back to revision 1 (revision 3)');
  assert.equal(await git('diff', 'HEAD~2', 'HEAD'), '');
  assert.deepEqual([await git('status', '--porcelain'), await readdir(folder), store.state().uncommitted], ['', ['nodes.yaml'], undefined]);
});

test('what others have staged or edited stays as it is, and no edit by hand is committed', async (t) => {
  const { store, git, top, folder } = await rig(t);
  await writeFile(join(top, 'README'), 'staged\n');
  await git('add', 'README');
  await writeFile(join(folder, 'groups.yaml'), 'rack1: {}\n');
  assert.equal((await store.refresh()).revision, 2);
  assert.equal(await git('log', '--format=%s'), 'begin');
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.equal(await git('show', '--format=%B', '--name-only'), 'nodes.yaml by anna (revision 3)\n\n\npool/nodes.yaml');
  assert.equal(await git('status', '--porcelain'), 'M  README\n?? pool/groups.yaml');
  // and one that git never knew goes away without a word
  await write(store, 'anna', { 'groups.yaml': undefined });
  assert.deepEqual([await git('rev-list', '--count', 'HEAD'), store.state().uncommitted], ['2', undefined]);
});

test('an edit by hand in the same file comes along, and the commit says so', async (t) => {
  const { store, git, folder } = await rig(t);
  const edited = `# mine\n${NODES}`;
  await writeFile(join(folder, 'nodes.yaml'), edited);
  await write(store, 'token deploy', { 'nodes.yaml': edited.replace('hold', 'recon'), 'groups.yaml': 'rack1: {}\n' });
  assert.equal(
    await git('log', '--format=%an <%ae>%n%B', '-1'),
    'token deploy <token-deploy@head1>\nnodes.yaml and groups.yaml by token deploy (revision 3)\n\n' +
      'With what was not committed before in: nodes.yaml\n',
  );
});

test('a repository of SHA-256 names is as any other', async (t) => {
  const { store, git } = await rig(t, { isCheckout: false });
  await git('init', '--quiet', '--object-format=sha256');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'begin');
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.equal(await git('log', '--format=%B', '-1'), 'nodes.yaml by anna (revision 2)\n');
});

test('programs of the checkout are not run: hooks, signing, monitors', async (t) => {
  const { store, git, top, directory } = await rig(t);
  const trap = join(directory, 'trap');
  await writeFile(trap, `#!/bin/sh\ntouch '${directory}/ran'\nexit 1\n`);
  await chmod(trap, 0o755);
  await mkdir(join(top, '.git/hooks'), { recursive: true });
  for (const hook of ['pre-commit', 'commit-msg', 'post-commit', 'prepare-commit-msg', 'reference-transaction', 'post-index-change'])
    await writeFile(join(top, '.git/hooks', hook), await readFile(trap), { mode: 0o755 });
  for (const setting of ['core.fsmonitor', 'gpg.program']) await git('config', setting, trap);
  await git('config', 'commit.gpgSign', 'true');
  await git('config', 'author.name', 'somebody');
  await rm(join(directory, 'ran'), { force: true });
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.equal(store.state().uncommitted, undefined);
  assert.deepEqual((await readdir(directory)).sort(), ['site', 'state', 'trap']);
  assert.equal(await git('-c', 'core.fsmonitor=false', 'log', '--format=%an', '-1'), 'anna');
});

test('a change back to what its owner committed meanwhile is no fault', async (t) => {
  const { store, git, folder } = await rig(t);
  await writeFile(join(folder, 'nodes.yaml'), NODES.replace('hold', 'recon'));
  await store.refresh();
  await write(store, 'anna', { 'nodes.yaml': NODES });
  assert.deepEqual([await git('log', '--format=%s'), store.state()], ['begin', { ...store.state(), revision: 3, uncommitted: undefined }]);
});

test('a first commit in an empty repository', async (t) => {
  const { store, git } = await rig(t, { isCheckout: false });
  await git('init', '--quiet');
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.equal(await git('log', '--format=%an', '--name-only'), 'anna\n\npool/nodes.yaml');
});

test('whatever is wrong with git, the change stands and the reason is there until a change is committed', async (t) => {
  const { store, top, folder, git } = await rig(t);
  await writeFile(join(top, '.git/index.lock'), '');
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.match(store.state().uncommitted ?? '', /^fatal: Unable to create '.*index\.lock': File exists\.$/);
  assert.match(await readFile(join(folder, 'nodes.yaml'), 'utf8'), /recon/);
  assert.match((await store.refresh()).uncommitted ?? '', /index\.lock/);
  await rm(join(top, '.git/index.lock'));
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'failsafe') });
  assert.deepEqual([store.state().revision, store.state().uncommitted], [3, undefined]);
  assert.equal(await git('rev-list', '--count', 'HEAD'), '2');
  await rm(join(top, '.git/HEAD'));
  await write(store, 'anna', { 'nodes.yaml': NODES });
  assert.match(store.state().uncommitted ?? '', /not a git repository/);
  assert.equal(store.state().revision, 4);
});

test('git that is missing is told at the start, and does not keep a change back', async (t) => {
  const { store } = await rig(t, { program: '/nowhere/git' });
  assert.equal(store.state().uncommitted, 'git is not installed');
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.deepEqual([store.state().revision, store.state().uncommitted], [2, 'git is not installed']);
});

test('a repository that the head may not write to, or is not to trust, is told with the command that cures it', async (t) => {
  const directory = await temporaryDirectory('recon-git-');
  t.after(() => directory[Symbol.asyncDispose]());
  const program = join(directory.path, 'git');
  const gitSays = async (script: string): Promise<void> => writeFile(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  await gitSays('echo /nowhere/.git');
  const { folder, top, store } = await rig(t, { program });
  const cure = `; as root: chown -R --reference=${folder} ${join(await realpath(top), '.git')}`;
  assert.equal(store.state().uncommitted, `no permission to write to /nowhere/.git${cure}`);
  await gitSays("echo 'fatal: detected dubious ownership in repository' >&2; echo 'To add an exception …' >&2; exit 128");
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.equal(store.state().uncommitted, `fatal: detected dubious ownership in repository${cure}`);
});

test('git is told to trust a folder of root or of the head, and is not asked at all without a checkout', async (t) => {
  await using fakes = await temporaryDirectory('recon-git-');
  const program = join(fakes.path, 'git');
  await writeFile(program, `#!/bin/sh\necho "$@" >> '${fakes.path}/calls'\necho /\n`, { mode: 0o755 });
  const { store, top } = await rig(t, { isCheckout: false, program });
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.deepEqual(await readdir(fakes.path), ['git']);
  await mkdir(join(top, '.git'));
  await write(store, 'anna', { 'nodes.yaml': NODES });
  const calls = await readFile(join(fakes.path, 'calls'), 'utf8');
  assert.ok(calls.includes(`-c safe.directory=${await realpath(top)} add `), calls);
  await rm(join(top, '.git'), { recursive: true });
  await rm(join(fakes.path, 'calls'));
  await writeFile(join(top, '.git'), 'gitdir: /srv/pool.git\n');
  await write(store, 'anna', { 'nodes.yaml': NODES.replace('hold', 'recon') });
  assert.doesNotMatch(await readFile(join(fakes.path, 'calls'), 'utf8'), /safe\.directory/);
});

test('the locks of a commit that a power cut ended are taken away at the next start; those of a person stay', async (t) => {
  const { folder, top, directory, git, store } = await rig(t);
  const open = () =>
    openPoolStore(folder, {
      ...{ stateDirectory: join(directory, 'state'), now: () => new Date(0) },
      commits: gitCommits(folder, { host: 'head1' }),
    });
  const lock = join(top, '.git/index.lock');
  await writeFile(lock, '');
  assert.match((await write(store, 'ada', { 'groups.yaml': 'a: {}\n' })).uncommitted ?? '', /index\.lock/);
  // nothing of ours was under way
  assert.match((await write(await open(), 'ada', { 'groups.yaml': 'b: {}\n' })).uncommitted ?? '', /index\.lock/);
  await rm(lock);
  await writeFile(join(top, '.git/recon-committing'), '');
  for (const name of ['index.lock', 'HEAD.lock']) await writeFile(join(top, '.git', name), '');
  const again = await open();
  assert.equal((await write(again, 'bob', { 'groups.yaml': 'c: {}\n' })).uncommitted, undefined);
  assert.match(await git('log', '-1', '--format=%an: %s'), /^bob: groups\.yaml by bob/);
  assert.deepEqual(
    (await readdir(join(top, '.git'))).filter((name) => /lock$|recon/.test(name)),
    [],
  );
});
