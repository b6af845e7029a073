import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';
import { deskTarball } from '../desk/desk-fixture.ts';

const ROOT = join(import.meta.dirname, '../..');
const directory = await temporaryDirectory('recon-words-');
after(() => directory[Symbol.asyncDispose]());
const { path: tarball } = await deskTarball(directory.path, ['S-1']);

for (const [words, said] of [
  [['veryfy', '--help'], "error: unknown command 'veryfy'\n(Did you mean verify?)"],
  [['help', 'veryfy'], "error: unknown command 'veryfy'\n(Did you mean verify?)"],
  [['pool', 'chek', '--help'], "error: unknown command 'chek'\n(Did you mean check?)"],
  [['head', 'zzzzzzzz', '-h'], "error: unknown command 'zzzzzzzz'"],
  [['report', '--outputt=x', '--help'], "error: unknown option '--outputt'\n(Did you mean --output?)"],
  [['--debgu', '--help'], "error: unknown option '--debgu'\n(Did you mean --debug?)"],
] as const)
  test(`${words.join(' ')}: said with the nearest word, exit code 2, and no help`, async () => {
    const { exitCode, stdout, stderr } = await recon(words);
    assert.deepEqual([exitCode, stdout.toString(), stderr.toString()], [2, '', `${said}\n(recon --help is the map)`]);
  });

for (const words of [
  ['report', '--help'],
  ['help', 'report'],
  ['pool', 'check', '--json', '-h'],
  ['schema', '--help'],
  ['--debug', '--help'],
])
  test(`${words.join(' ')}: help, exit code 0`, async () => {
    const { exitCode, stdout, stderr } = await recon(words);
    assert.deepEqual([exitCode, stderr.toString()], [0, '']);
    assert.match(stdout.toString(), /^Usage: recon /);
  });

test('the version is said without a command being loaded, and help without schemas and formats', async () => {
  const version = await loaded(['--version']);
  assert.deepEqual(version, ['src/main.ts', 'src/platform/terminal.ts', 'src/domain/values/terminal-text.ts'].sort());
  const help = await loaded(['--help']);
  assert.ok(help.includes('src/cli/results-commands.ts'));
  assert.deepEqual(
    help.filter((file) => /node_modules\/zod|report\/export|src\/desk/.test(file)),
    [],
  );
});

test('a place where nothing can be made: a sentence, and an end', async () => {
  for (const words of [
    ['report', tarball, '-o', '/proc/recon/x'],
    ['merge', tarball, '-o', '/proc/recon/x.tar.gz'],
    ['share', tarball, '-o', '/dev/null/x.tar.gz'],
    ['export', tarball, '--format', 'csv', '-o', '/proc/recon/x'],
    ['diff', tarball, tarball, '--html', '/proc/recon/x.html'],
  ]) {
    const { exitCode, status, stderr } = await recon(words);
    assert.deepEqual([status, exitCode], ['failed', 2], `${words[0]}: ${stderr}`);
    assert.match(stderr.toString(), /^recon: .*(ENOENT|ENOTDIR): /m, words[0]);
    assert.match(stderr.toString(), /^ {2}try: /m, words[0]);
  }
});

/** Files of the program and of its packages that a call loads. */
async function loaded(words: readonly string[]): Promise<string[]> {
  const hook = `import { registerHooks } from 'node:module';
    const urls = [];
    registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
    process.on('exit', () => process.stderr.write(JSON.stringify(urls)));`;
  const { stderr } = await recon(words, ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]);
  const urls = JSON.parse(stderr.toString()) as string[];
  return urls
    .flatMap((url) => (url.startsWith(`file://${ROOT}/`) && !url.endsWith('.json') ? url.slice(`file://${ROOT}/`.length) : []))
    .sort();
}

async function recon(words: readonly string[], node: readonly string[] = []): Promise<CommandResult> {
  return run([process.execPath, ...node, join(ROOT, 'src/main.ts'), ...words], { timeoutMs: 60_000, cwd: directory.path });
}
