import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type Argv, type CommandResult, run } from '../../src/platform/process/command.ts';
import { deskTarball } from '../desk/desk-fixture.ts';

const ROOT = join(import.meta.dirname, '../..');
const recipes = globSync('*/recipe.json', { cwd: join(ROOT, 'recipes') })
  .map(dirname)
  .sort();
const COMMANDS = [
  ...['demo', 'recipe', 'lab', 'yank', 'matrix', 'service', 'master', 'peer', 'seal', 'capture', 'normalise'],
  ...['verify', 'report', 'diff', 'query', 'trace', 'recover', 'load', 'merge', 'share', 'export', 'pool', 'why', 'image'],
  ...['head', 'node', 'assign', 'user', 'token', 'audit'],
];

test('help is the map: every command, with a line on what it does; exit code 0', async () => {
  const result = await recon(['--help']);
  assert.equal(result.exitCode, 0);
  const help = result.stdout.toString();
  for (const command of COMMANDS) assert.match(help, new RegExp(`^ {2}${command} .*\\S`, 'm'));
  assert.deepEqual(
    [...help.matchAll(/^(\w+), .*:$/gm)].map(([, group]) => group),
    ['Image', 'Visit', 'Desk'],
    'in groups, by where one stands',
  );
  assert.match(help, /^Desk, with a tarball:\n(?: {2,}\S.*\n)*? {2}verify /m);
  assert.doesNotMatch(help, /peer-work/, 'what only programs call is not for people');
  assert.equal(result.stderr.toString(), '');
});

test('the version is the one of the package', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const result = await recon(['--version']);
  assert.deepEqual([result.exitCode, result.stdout.toString()], [0, version]);
});

test('no command at all: the map, and exit code 2', async () => {
  const result = await recon([]);
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr.toString(), /^Usage: recon /);
});

for (const [title, words, said] of [
  ['an unknown command', ['fly'], /^error: unknown command 'fly'\n\(recon --help is the map\)$/],
  ['an unknown option', ['lab', '--fast'], /^error: unknown option '--fast'/],
  ['an argument that is missing', ['capture'], /^error: missing required argument 'directory'/],
  ['one argument too many', ['recipe', 'debian-13', 'clean', 'all'], /^error: too many arguments for 'recipe'/],
  ['three tarballs to compare', ['diff', 'a', 'b', 'c'], /^recon: two visits are compared, and 3 were given\n {2}try: .*recon merge/],
  ['a number that is none', ['yank', '--yanks', '1.5'], /'1\.5' is invalid\. How many moments\?/],
  ['a port that is none', ['demo', '--port', '70000'], /'70000' is invalid\. a port is a number from 1 to 65535/],
  ['a choice that there is not', ['lab', '--accel', 'hvf'], /'hvf' is invalid.*kvm, tcg/],
] as const) {
  test(`${title}: said in a line, exit code 2`, async () => {
    const result = await recon(words);
    assert.equal(result.exitCode, 2, result.stderr.toString());
    assert.match(result.stderr.toString(), said);
    assert.equal(result.stdout.toString(), '');
  });
}

test('recipe: usage with all recipes on standard output, exit code 0', async () => {
  const result = await recon(['recipe']);
  assert.equal(result.exitCode, 0);
  const usage = result.stdout.toString();
  assert.match(usage, /^Usage: make-recipe-target <recipe> <target>\n/);
  for (const name of recipes) assert.ok(usage.includes(`\n  ${name} `), name);
  assert.equal(result.stderr.toString(), '');
});

test('an unknown recipe, an unknown target: one line that names it and the possible ones, exit code 2', async () => {
  for (const [words, line] of [
    [['recipe', 'arch', 'target'], `recon: there is no recipe "arch"; the recipes are: ${recipes.join(', ')}`],
    [
      ['recipe', 'debian-13', 'usb'],
      'recon: there is no target "usb"; the targets of debian-13 are: target, http, virtual, disk, check, clean, all',
    ],
  ] as const) {
    const result = await recon(words);
    assert.deepEqual([result.exitCode, result.stderr.toString(), result.stdout.toString()], [2, line, '']);
  }
});

test('a release that the recipe does not know: said before any work, with those that it does', async () => {
  const result = await recon(['recipe', 'suse-leap-15.1', 'target'], { LEAP: '15.1' });
  assert.equal(result.exitCode, 2);
  assert.match(
    result.stderr.toString(),
    /^recon: LEAP=15\.1: suse-leap-15\.1 is made from 15\.4, .*16\.0\n {2}try: LEAP=15\.6 \.\/make-recipe-target suse-leap-15\.1 target$/,
  );
  await assert.rejects(access(join(ROOT, 'builds/suse-leap-15.1')));
});

test('a size of the data partition that is none: said before any work', async () => {
  const result = await recon(['recipe', 'debian-13', 'target'], { DATA_SIZE: '1GB' });
  assert.equal(result.exitCode, 2);
  assert.match(
    result.stderr.toString(),
    /^recon: DATA_SIZE=1GB is not a size in MB from 64 to 65536\n {2}try: for example DATA_SIZE=1024$/,
  );
});

test('building without root: said, with the command to type; exit code 2', async (t) => {
  const argv: Argv = [process.execPath, join(ROOT, 'src/main.ts'), 'recipe', 'debian-13', 'target'];
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const;
  if (process.geteuid?.() === 0) {
    const readable = await run([...asNobody, 'test', '-r', join(ROOT, 'src/main.ts')], { timeoutMs: 60_000 });
    if (readable.status === 'absent') return t.skip('there is no setpriv on this host');
    if (readable.status !== 'ok') return t.skip('nobody but root can read this checkout');
  }
  const result = await run(process.geteuid?.() === 0 ? [...asNobody, ...argv] : argv, { timeoutMs: 60_000, cwd: '/' });
  assert.equal(result.exitCode, 2);
  assert.match(result.stderr.toString(), /^recon: building an image needs root.*\n {2}try: sudo \.\/make-recipe-target debian-13 target$/);
});

test('a stick with a record that cannot be read: the others are recovered, and exit code 4 says so', async () => {
  await using directory = await temporaryDirectory('recon-cli-');
  await deskTarball(directory.path, ['S-1', 'S-2']);
  await writeFile(join(directory.path, 'records/0c-c4-7a-00-00-01/0001/record.json'), '');
  const result = await recon(['recover', directory.path, '-o', join(directory.path, 'out.tar.gz')]);
  assert.equal(result.exitCode, 4);
  assert.match(result.stdout.toString(), /out\.tar\.gz: 1 machine$/);
  assert.match(
    result.stderr.toString(),
    /0001: the record is not what its receipt says\n.*done with what could be read: 1 of .*\n {2}try: /s,
  );
});

test('a disk without room, and a place that may not be written: said in a sentence, with what to try', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('needs root');
  await using directory = await temporaryDirectory('recon-cli-');
  await deskTarball(directory.path, ['S-1', 'S-2']);
  const [place, recon] = [join(directory.path, 'place'), [process.execPath, join(ROOT, 'src/main.ts')]];
  await mkdir(place);
  const inside = (options: string): Promise<CommandResult> => {
    const script = `mount -t tmpfs -o ${options} none "$1" && shift && exec "$@"`;
    const argv: Argv = ['unshare', '--mount', 'sh', '-c', script, 'sh', place, ...recon, 'recover', directory.path];
    return run([...argv, '-o', join(place, 'out.tar.gz')], { timeoutMs: 60_000 });
  };
  const full = await inside('size=4k');
  assert.deepEqual([full.exitCode, full.stdout.toString()], [1, '']);
  assert.match(full.stderr.toString(), /^recon: there is no room for recon-.*\n {2}try: .* -o\.$/m);
  const readOnly = await inside('ro');
  assert.equal(readOnly.exitCode, 2);
  assert.match(readOnly.stderr.toString(), /^recon: EROFS: read-only file system.*\n {2}try: /m);
});

test('a capture directory that is none: one sentence that names it, exit code 2', async () => {
  await using directory = await temporaryDirectory('recon-cli-');
  const result = await recon(['normalise', join(directory.path, 'absent')]);
  assert.equal(result.exitCode, 2);
  const [line, ...rest] = result.stderr.toString().split('\n');
  assert.ok(line?.startsWith('recon: ') && line.includes(join(directory.path, 'absent')), line);
  assert.ok(
    rest.every((one) => one.startsWith('  try: ')),
    'a stack trace is no sentence',
  );
});

test('a folder of images is meant from where the command was typed', async () => {
  const result = await recon(['image', 'list', '--images', 'builds/nothing']);
  assert.match(result.stdout.toString(), /^\/builds\/nothing holds no image yet/);
});

test('the rehearsal without an image of that recipe says how to make one', async () => {
  const result = await recon(['lab', '--recipe', 'nothing']);
  assert.equal(result.exitCode, 2);
  assert.equal(result.stderr.toString(), 'recon: builds/nothing/ holds no finished image\n  try: ./make-recipe-target nothing target');
});

async function recon(words: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
  return run([process.execPath, join(ROOT, 'src/main.ts'), ...words], { timeoutMs: 60_000, cwd: '/', environment });
}
