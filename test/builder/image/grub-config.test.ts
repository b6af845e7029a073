import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { grubConfig, MENU_ENTRIES, stickArguments } from '../../../src/builder/image/grub-config.ts';
import { FORBIDDEN_ARGUMENTS, GUARD_ARGUMENTS, INSTALL_ARGUMENT, LIVE_ARGUMENTS } from '../../../src/domain/kernel-arguments.ts';

const IDENTITY = { isoUuid: '2026-11-20-21-40-01-00', dataPartitionUuid: '5ec0de01-03' };
const INPUT = { ...IDENTITY, version: '13.x.1', markerPath: '/boot/0x1234abcd' };

test('golden: the menu of the stick', async () => {
  assert.equal(grubConfig(INPUT), await readFile(join(import.meta.dirname, 'golden/grub.cfg'), 'utf8'));
});

test('every entry that boots us has every guard, and nothing that writes', () => {
  const commands = grubConfig(INPUT).match(/^ *linux .*$/gm) ?? [];
  assert.equal(commands.length, 3);
  for (const command of commands) {
    const words = command.trim().split(' ');
    for (const argument of [...GUARD_ARGUMENTS, ...LIVE_ARGUMENTS]) assert.ok(words.includes(argument), argument);
    for (const word of words) for (const pattern of FORBIDDEN_ARGUMENTS) assert.doesNotMatch(word, pattern);
  }
});

test('one entry installs, the one whose number says so, and it is not the one that starts by itself', () => {
  const entries = grubConfig(INPUT)
    .split(/^menuentry /m)
    .slice(1);
  const installs = entries.flatMap((entry, number) => (entry.includes(` ${INSTALL_ARGUMENT}\n`) ? [number] : []));
  assert.deepEqual(installs, [MENU_ENTRIES.install]);
  assert.match(grubConfig(INPUT), /^set default=0$/m);
  assert.match(entries[MENU_ENTRIES['local disk']] ?? '', /^"Boot from the local disk"/);
});

test('golden: the menu of a stick for arm64', async () => {
  const text = grubConfig({ ...INPUT, architecture: 'arm64' });
  assert.equal(text, await readFile(join(import.meta.dirname, 'golden/grub-arm64.cfg'), 'utf8'));
});

test('what is on a stick boots from a stick alone', () => {
  assert.ok(stickArguments(IDENTITY).includes('recon.medium=stick'));
});
