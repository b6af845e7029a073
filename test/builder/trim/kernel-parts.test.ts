import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { trimKernelParts } from '../../../src/builder/trim/kernel-parts.ts';
import { LEFT_OUT_DRIVER_LIST } from '../../../src/domain/image.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const MODULES = 'usr/lib/modules/6.12.0';
const [AHCI, IGB, BNA, NICSTAR] = [
  'kernel/drivers/ata/ahci.ko.xz',
  'kernel/drivers/net/ethernet/intel/igb/igb.ko.xz',
  'kernel/drivers/net/ethernet/brocade/bna/bna.ko.xz',
  'kernel/drivers/atm/nicstar.ko.xz',
];

test('the root keeps what is wanted, and a table of what root, initrd and archive do not have', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('chroot needs root');
  await using directory = await temporaryDirectory('recon-trim-');
  const tree = directory.path;
  const write = async (path: string, text: string, mode = 0o644): Promise<void> => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text, { mode });
  };
  const own = [AHCI, IGB, BNA, NICSTAR];
  for (const path of own) await write(`${MODULES}/${path}`, '');
  await write(`${MODULES}/modules.dep`, own.map((path) => `${path}:\n`).join(''));
  const aliases = ['pci:v1* ahci', 'pci:v2* igb', 'pci:v3* bna', 'pci:v4* nicstar', 'pci:v5* iwlwifi', 'usb:v6* r8152'];
  const text = (lines: readonly string[]): string => lines.map((line) => `alias ${line}\n`).join('');
  // its module went before, and with it its line
  await write(`${MODULES}/modules.alias`, text(aliases.slice(0, 4)));
  await write(`${MODULES}/modules.alias.whole`, text(aliases));
  await write('usr/lib/firmware/tg3.bin', '');
  await mkdir(join(tree, 'bin'));
  await runOk(['cp', '/bin/busybox', join(tree, 'bin/busybox')], { timeoutMs: 30_000 });
  for (const name of ['depmod', 'modinfo']) await write(`sbin/${name}`, '#!/bin/busybox sh\n', 0o755);

  await trimKernelParts(tree);
  assert.equal(await readFile(join(tree, LEFT_OUT_DRIVER_LIST), 'utf8'), 'pci:v4* nicstar\npci:v5* iwlwifi\n');
  assert.equal((await stat(join(tree, LEFT_OUT_DRIVER_LIST))).mode & 0o777, 0o644);
  const left = await readdir(join(tree, MODULES), { recursive: true });
  assert.deepEqual(
    left.filter((name) => /\.ko|whole/.test(name)),
    [AHCI],
  );
});
