import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { runOk } from '../../src/platform/process/command.ts';
import type { LoseResult } from './fixtures/lose-stick.ts';

const isRoot = process.getuid?.() === 0;
const PROGRAM = join(import.meta.dirname, 'fixtures/lose-stick.ts');

it('a stick turns read-only and is pulled: refused with the reason, nothing goes to RAM, and it goes on by itself', {
  skip: isRoot ? false : 'needs root',
}, async () => {
  await using root = await temporaryDirectory('recon-lost-');
  const [directory, image] = [join(root.path, 'data'), join(root.path, 'stick.img')];
  await mkdir(directory);
  await runOk(['truncate', '--size', '48M', image], { timeoutMs: 60_000 });
  await runOk(['mkfs.ext4', '-q', image], { timeoutMs: 60_000 });
  const inside = [process.execPath, PROGRAM, directory, image];
  const output = await runOk(['unshare', '--mount', '--propagation', 'private', ...inside], { timeoutMs: 300_000 });
  const { steps, told, withoutStick, sealed, ledgerStages }: LoseResult = JSON.parse(output);
  const { 'upload when read-only': readOnly, 'seal when read-only': unsealed, 'upload when pulled': pulled, ...others } = steps;
  assert.match(readOnly ?? '', /^medium-failed: .*the stick is read-only: nothing is stored \(\/dev\/loop\d+ is mounted read-only\)/);
  assert.match(unsealed ?? '', /^medium-failed: .*read-only/);
  assert.match(pulled ?? '', /^medium-failed: .*the stick is gone: nothing is stored \(it is not mounted\)/);
  const { 'seal when pulled': nothing, ...went } = others;
  assert.match(nothing ?? '', /^medium-failed: .*the stick is gone/);
  assert.deepEqual(went, {
    'first upload': 'revision 1',
    'first seal': '1 machines',
    'brought back': 'sound',
    'upload after that': 'revision 1',
    'looked for': 'gone',
    'plugged in again': 'sound',
    'upload at last': 'revision 1',
    'seal at last': '3 machines',
  });
  assert.deepEqual(withoutStick, []);
  assert.equal(sealed.length, 3);
  assert.deepEqual(ledgerStages, ['01 receipt', '02 receipt', '03 upload', '03 receipt']);
  assert.equal(told.filter((line) => line.startsWith('THE STICK IS BACK, records are stored again')).length, 2);
  assert.equal(told.filter((line) => line.startsWith('FAULT in storage: The stick is ')).length, 2);
});
