import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run } from '../../src/platform/process/command.ts';
import { deskTarball } from '../desk/desk-fixture.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const directory = await temporaryDirectory('recon-results-');
after(() => directory[Symbol.asyncDispose]());
const { path: before } = await deskTarball(join(directory.path, 'a'), ['S-1', 'S-2']);
const { path: later } = await deskTarball(join(directory.path, 'b'), ['S-1', 'S-3']);

test('diff --exit-code: 1 when anything differs, 0 when not, and 0 without it', async () => {
  const codes: (number | undefined)[] = [];
  for (const words of [
    ['diff', before, later, '--exit-code'],
    ['diff', before, before, '--exit-code'],
    ['diff', before, later],
    ['diff', before, 'absent.tar.gz', '--exit-code'],
  ])
    codes.push((await recon(words)).exitCode);
  assert.deepEqual(codes, [1, 0, 0, 1]);
  const { stdout } = await recon(['diff', before, 'absent.tar.gz', '--exit-code', '--json']);
  assert.equal(JSON.parse(stdout.toString()).code, 'tarball-unreadable', 'a failure is told from a difference by what is said');
});

test('report, merge, share and verify say as JSON what they did', async () => {
  const said = async (words: readonly string[]): Promise<Record<string, unknown>> => JSON.parse((await recon(words)).stdout.toString());
  const report = await said(['report', before, '-o', 'page', '--json']);
  assert.deepEqual([report['path'], report['machines']], ['page/report.html', 2]);
  assert.ok(Number(report['sizeBytes']) > 0);
  const merged = await said(['merge', before, later, '-o', 'all.tar.gz', '--json']);
  assert.deepEqual([merged['path'], merged['machines'], (merged['sources'] as unknown[]).length], ['all.tar.gz', 3, 2]);
  assert.deepEqual(await said(['share', before, '-o', 'given.tar.gz', '--json']), { path: 'given.tar.gz', machines: 2, isKeyNew: false });
  const unsigned = await recon(['verify', 'all.tar.gz', '--json']);
  assert.equal(unsigned.exitCode, 5);
  const { outcome, faults, machines, sources } = JSON.parse(unsigned.stdout.toString());
  assert.deepEqual([outcome, faults, machines, sources.length], ['unsigned', [], 3, 2]);
  const wrong = await recon(['verify', before, '--code', 'K7M2Q-9XWZ4', '--json']);
  assert.deepEqual([wrong.exitCode, JSON.parse(wrong.stdout.toString()).outcome], [1, 'damaged']);
});

test('a tarball comes by standard input as well, and is called so', async () => {
  const input = await readFile(before);
  const counted = await recon(['query', '-', 'select count(*) n from machines', '--csv'], input);
  assert.equal(counted.stdout.toString().replaceAll('\r', ''), 'n\n2');
  const differs = await recon(['diff', '-', later, '--exit-code'], input);
  assert.equal(differs.exitCode, 1, differs.stderr.toString());
  assert.match((await recon(['verify', '-'], input)).stdout.toString(), /^-: (good|whole)/);
  const nothing = await recon(['verify', '-'], Buffer.alloc(0));
  assert.deepEqual([nothing.exitCode, /^recon: nothing came on standard input\n/.test(nothing.stderr.toString())], [2, true]);
});

async function recon(words: readonly string[], input?: Buffer): Promise<CommandResult> {
  const options = { timeoutMs: 60_000, cwd: directory.path };
  return run([process.execPath, MAIN, ...words], input === undefined ? options : { ...options, input });
}
