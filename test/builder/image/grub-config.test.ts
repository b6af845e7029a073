import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { grubConfig, stickArguments } from '../../../src/builder/image/grub-config.ts';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS, LIVE_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';

const IDENTITY = { isoUuid: '2026-11-20-21-40-01-00', dataPartitionUuid: '5ec0de01-03' };
const INPUT = { ...IDENTITY, version: '13.x.1', markerPath: '/boot/0x1234abcd', medium: 'stick' } as const;

test('golden: the menu of the stick', async () => {
  assert.equal(grubConfig(INPUT), await readFile(join(import.meta.dirname, 'golden/grub.cfg'), 'utf8'));
});

test('every entry that boots us has every guard, and nothing that writes', () => {
  const commands = grubConfig(INPUT).match(/^ *linux .*$/gm) ?? [];
  assert.equal(commands.length, 2);
  for (const command of commands) {
    const words = command.trim().split(' ');
    for (const argument of [...GUARD_ARGUMENTS, ...LIVE_ARGUMENTS]) assert.ok(words.includes(argument), argument);
    for (const word of words) for (const pattern of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(word, pattern);
  }
});

test('only an image for virtual machines boots from any disk', () => {
  assert.ok(stickArguments({ ...IDENTITY, medium: 'disk' }).includes('recon.medium=disk'));
  assert.ok(!stickArguments({ ...IDENTITY, medium: 'stick' }).some((argument) => argument.startsWith('recon.medium')));
});
