import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const directory = await temporaryDirectory('recon-shell-');
after(() => directory[Symbol.asyncDispose]());

test('bash completes commands, those of a group, and options of the command that was typed', async () => {
  const script = join(directory.path, 'recon.bash');
  await writeFile(script, (await recon(['completion'])).stdout);
  const completed = async (...words: string[]): Promise<string[]> => {
    const ask = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _recon; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { exitCode, stdout, stderr } = await run(['bash', '-c', ask, 'bash', script, ...words], { timeoutMs: 60_000 });
    assert.deepEqual([exitCode, stderr.toString()], [0, '']);
    return stdout
      .toString()
      .split('\n')
      .filter((word) => word !== '');
  };
  assert.deepEqual(await completed('recon', 'ver'), ['verify']);
  assert.deepEqual(await completed('recon', '--debug', 'pool', 'ch'), ['check']);
  assert.deepEqual(await completed('recon', 'diff', 'a.tar.gz', '--ex'), ['--exit-code']);
  assert.deepEqual(await completed('recon', 'lab', '--accel', ''), ['kvm', 'tcg']);
  assert.deepEqual(await completed('recon', 'peer-'), [], 'what only programs call is not for people');
});

test('zsh completes the same with bashcompinit', async (t) => {
  const script = join(directory.path, 'recon.zsh');
  await writeFile(script, (await recon(['completion', '--shell', 'zsh'])).stdout);
  const ask = `autoload -Uz compinit && compinit -u -D; source "$1"; shift; emulate -L sh; setopt kshglob noshglob braceexpand
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); setopt ksharrays; _recon; print -rl -- "\${COMPREPLY[@]}"`;
  for (const [words, wanted, strange] of [
    [['recon', 'ver'], 'verify', 'serve'],
    [['recon', 'pool', 'ch'], 'check', 'verify'],
    [['recon', 'diff', 'a.tar.gz', '--ex'], '--exit-code', '--human'],
  ] as const) {
    const result = await run(['zsh', '-f', '-c', ask, 'zsh', script, ...words], { timeoutMs: 60_000 });
    if (result.status === 'absent') return t.skip('there is no zsh on this host');
    assert.deepEqual([result.exitCode, result.stderr.toString()], [0, '']);
    // of what it is offered zsh itself takes what begins so
    const offered = result.stdout.toString().split('\n');
    assert.deepEqual([offered.includes(wanted), offered.includes(strange)], [true, false], offered.join(' '));
  }
});

test('fish completes commands with what they do, those of a group, options, and choices behind one', async (t) => {
  const script = join(directory.path, 'recon.fish');
  await writeFile(script, (await recon(['completion', '--shell', 'fish'])).stdout);
  for (const [typed, wanted] of [
    ['recon ver', /^verify\tcheck every file of a tarball against its manifest$/],
    ['recon --debug pool ch', /^check\t.+$/],
    ['recon diff a.tar.gz --ex', /^--exit-code\tend with 1 when anything differs$/],
    ['recon lab --accel ', /^kvm\t.*\ntcg\t.*$/],
    ['recon peer-', /^$/],
  ] as const) {
    const result = await run(['fish', '--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, typed], {
      timeoutMs: 60_000,
      environment: { HOME: directory.path },
    });
    if (result.status === 'absent') return t.skip('there is no fish on this host');
    assert.deepEqual([result.exitCode, result.stderr.toString()], [0, ''], typed);
    assert.match(result.stdout.toString().trimEnd(), wanted, typed);
  }
});

test('the manual page has every command and option, and troff reads it without a word', async (t) => {
  const page = (await recon(['man'])).stdout.toString();
  const help = (await recon(['--help'])).stdout.toString();
  const commands = [...help.matchAll(/^ {2}([a-z]+) {2,}|^ {2}([a-z]+) [[<]/gm)]
    .map(([, alone, other]) => alone ?? other)
    .filter((name) => name !== 'help');
  assert.ok(commands.length > 25);
  for (const name of commands) assert.match(page, new RegExp(`^\\.SS recon ${name} `, 'm'));
  assert.match(page, /^\.SS recon pool check /m);
  assert.match(page, /^\\fB\\-\\-exit\\-code\\fR$/m);
  assert.match(page, /netbox/, 'with the export formats');
  const path = join(directory.path, 'recon.1');
  await writeFile(path, page);
  const read = await run(['groff', '-man', '-Tutf8', '-ww', '-z', path], { timeoutMs: 60_000 });
  if (read.status === 'absent') return t.skip('there is no groff on this host');
  assert.deepEqual([read.exitCode, read.stderr.toString()], [0, '']);
});

async function recon(words: readonly string[]): Promise<CommandResult> {
  return run([process.execPath, MAIN, ...words], { timeoutMs: 60_000 });
}
