import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { run } from '../../src/platform/process/command.ts';
import { deskTarball } from './desk-fixture.ts';

const RECON = join(import.meta.dirname, '../../src/main.ts');
const SERIALS = ['S-1', 'S-2', 'S-3'];

/** What each command is called with, and what it says of three machines. */
const COMMANDS: readonly (readonly [name: string, args: (tarball: string, out: string) => readonly string[], good: RegExp])[] = [
  ['query', (tarball) => ['query', tarball, 'select count(*) n from machines', '--csv'], /^n\r\n3/],
  ['export', (tarball) => ['export', tarball, '--format', 'jsonl'], /"sn-s-3"/],
  ['report', (tarball, out) => ['report', tarball, '-o', out], /: 3 machines, /],
  ['diff', (tarball) => ['diff', tarball, tarball], /unchanged: 3/],
  ['merge', (tarball, out) => ['merge', tarball, '-o', `${out}.tar.gz`], /: 3 machines$/m],
  ['share', (tarball, out) => ['share', tarball, '-o', `${out}.tar.gz`], /: 3 machines, with pseudonyms/],
];

describe('a tarball that is not as the master made it', { timeout: 300_000 }, async () => {
  const directory = await temporaryDirectory('recon-damaged-');
  after(() => directory[Symbol.asyncDispose]());
  const { path } = await deskTarball(directory.path, SERIALS);
  const whole = await readFile(path);
  const content = gunzipSync(whole);
  const at = (text: string, from = 0): number => {
    const found = content.indexOf(text, content.indexOf('nodes.jsonl') + from);
    assert.notEqual(found, -1, `the fixture has no ${text}`);
    return found;
  };

  const readable: readonly (readonly [what: string, bytes: Buffer, said: RegExp])[] = [
    ['cut off behind its records', whole.subarray(0, whole.length - 300), /is cut off: it ends at byte \d+, in the middle of its data/],
    [
      'with a byte of another value',
      replaced(content, at('R1 ') + 1, 'X'),
      /holds "nodes\.jsonl" with other content than its manifest says/,
    ],
    [
      'of a newer Recon',
      replaced(content, at('"manifestVersion": 1') + 19, '7'),
      /is of version 7, newer than this program, which knows 1/,
    ],
    ['with a name that leads out', await withFile('../../etc/cron.d/x'), /\.\.\/\.\.\/etc\/cron\.d\/x/],
    ['with an absolute name', await withFile('/etc/cron.d/x'), /\/etc\/cron\.d\/x/],
    ['with a link', await withFile('nodes/link', { type: 'symlink', linkname: '/etc/passwd' }), /nodes\/link/],
  ];
  for (const [what, bytes, said] of readable) {
    it(`${what}: what can be read is read, and the exit code is 4`, async () => {
      const tarball = await written(what, bytes);
      await eachOf(COMMANDS, async ([name, args, good]) => {
        const out = join(directory.path, `${name}-out`);
        await rm(`${out}.tar.gz`, { force: true });
        const { exitCode, stdout, stderr } = await recon(...args(tarball, out));
        assert.match(stderr, said, name);
        assert.match(stderr, /^warning: [^\n]*\.tar\.gz /m, name);
        assert.match(stderr, /^recon: done with what could be read[^\n]*\n {2}try: [^\n]+$/m, name);
        assert.match(stdout, good, name);
        assert.equal(exitCode, 4, name);
      });
      const verify = await recon('verify', tarball);
      assert.equal(verify.exitCode, what === 'of a newer Recon' ? 4 : 1);
      assert.match(verify.stdout, said);
    });
  }

  const unreadable: readonly (readonly [what: string, bytes: Buffer | 'directory' | undefined, said: RegExp])[] = [
    ['cut off at its beginning', whole.subarray(0, 30), /is cut off/],
    ['an empty file', Buffer.alloc(0), /is empty/],
    ['a text', Buffer.from('Dear all,\n'), /is no gzip file/],
    ['a bomb', gzipSync(Buffer.alloc(400 * 1024 ** 2)), /\.tar\.gz /],
    ['a directory', 'directory', /is a directory/],
    ['no file at all', undefined, /there is no such file/],
  ];
  for (const [what, bytes, said] of unreadable) {
    it(`${what}: one sentence and what to try, and the exit code is 1`, async () => {
      const tarball = await written(what, bytes);
      await eachOf([...COMMANDS, ['verify', (one: string) => ['verify', one]] as const], async ([name, args]) => {
        const { exitCode, stdout, stderr } = await recon(...args(tarball, join(directory.path, 'none')));
        assert.match(stderr, said, name);
        assert.match(stderr, /^recon: [^\n]+\n {2}try: [^\n]+$/, name);
        assert.equal(stdout, '', name);
        assert.equal(exitCode, 1, name);
      });
    });
  }

  async function written(what: string, bytes: Buffer | 'directory' | undefined): Promise<string> {
    const tarball = join(directory.path, `${what.replaceAll(' ', '-')}.tar.gz`);
    if (bytes === 'directory') await mkdir(tarball);
    else if (bytes !== undefined) await writeFile(tarball, bytes);
    return tarball;
  }

  /** The archive with one more file at its end. */
  async function withFile(name: string, header: { type: 'symlink'; linkname: string } | undefined = undefined): Promise<Buffer> {
    const archive = pack();
    if (header === undefined) archive.entry({ name }, 'x');
    else archive.entry({ name, ...header });
    archive.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of archive) pieces.push(Buffer.from(piece as Uint8Array));
    // the end of an archive is two blocks of zeros
    return gzipSync(Buffer.concat([content.subarray(0, content.length - 1024), ...pieces]));
  }
});

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  await Promise.all(items.map(work));
}

function replaced(content: Buffer, at: number, letter: string): Buffer {
  const copy = Buffer.from(content);
  copy.write(letter, at, 'latin1');
  return gzipSync(copy);
}

async function recon(...args: readonly string[]): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await run([process.execPath, RECON, ...args], { timeoutMs: 120_000 });
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}
