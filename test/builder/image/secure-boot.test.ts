import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { grubConfig } from '../../../src/builder/image/grub-config.ts';
import {
  efiNames,
  fillEfiPartition,
  firstGrubConfig,
  placeSignedLoaders,
  readEfiFile,
  takeSignedLoaders,
} from '../../../src/builder/image/secure-boot.ts';
import { moduleCommands } from '../../../src/builder/verify/signature-rules.ts';
import type { SecureBootFiles } from '../../../src/domain/recipe.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const FILES: SecureBootFiles = {
  efi: { 'EFI/BOOT/bootx64.efi': 'usr/lib/shim/shim.signed', 'EFI/BOOT/grubx64.efi': 'usr/lib/grub/cd.signed' },
  shim: 'EFI/BOOT/bootx64.efi',
  config: 'boot/grub/grub.cfg',
  signers: { shim: ['A'], others: ['B'] },
};
const CONFIG = { markerPath: '/boot/0x1234abcd', menuPath: 'boot/grub/grub.cfg' };

test('golden: what the signed GRUB reads first from the EFI partition', async () => {
  assert.equal(firstGrubConfig(CONFIG), await readFile(join(import.meta.dirname, 'golden/efi-grub.cfg'), 'utf8'));
});

test('menu and first configuration use only commands that are built into the signed GRUB', () => {
  const menu = grubConfig({ version: '1', isoUuid: 'u', dataPartitionUuid: 'p', markerPath: '/boot/0x1' });
  assert.deepEqual(moduleCommands(`${firstGrubConfig(CONFIG)}\n${menu}`), []);
  assert.deepEqual(moduleCommands('  linuxefi /x\n  btrfs-list\nset a=b\n'), ['linuxefi', 'btrfs']);
});

test('the loaders of the stick leave the root; a recipe without any leaves it as it is', async () => {
  await using directory = await temporaryDirectory('recon-signed-');
  const root = join(directory.path, 'root');
  for (const path of Object.values(FILES.efi)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), path);
  }
  assert.equal((await takeSignedLoaders(root, undefined, join(directory.path, 'none'))).size, 0);
  const taken = await takeSignedLoaders(root, FILES, join(directory.path, 'signed'));
  for (const [name, path] of Object.entries(FILES.efi)) {
    assert.equal(await readFile(taken.get(name) ?? '', 'utf8'), path);
    assert.equal(await exists(join(root, path)), false);
  }
});

test('the EFI partition of an ISO gets loaders and configuration in the place of those that KIWI made', async () => {
  await using directory = await temporaryDirectory('recon-efi-');
  const at = (name: string): string => join(directory.path, name);
  for (const name of ['unsigned', 'signed', 'file']) await writeFile(at(name), name.repeat(100));
  await createSparseFile(at('efi.img'), 4 * 1024 * 1024);
  await runOk(['mkfs.vfat', at('efi.img')], { timeoutMs: 60_000 });
  for (const folder of ['EFI', 'EFI/BOOT']) await runOk(['mmd', '-i', at('efi.img'), `::/${folder}`], { timeoutMs: 60_000 });
  await runOk(['mcopy', '-i', at('efi.img'), at('unsigned'), '::/EFI/BOOT/bootx64.efi'], { timeoutMs: 60_000 });
  const iso = at('kiwi.iso');
  await runOk(['xorriso', '-outdev', iso, '-map', at('file'), '/file', '-append_partition', '2', '0xef', at('efi.img'), '-commit'], {
    timeoutMs: 60_000,
  });

  const inTree = await placeSignedLoaders({
    ...{ ...CONFIG, kiwiIso: iso, workDirectory: directory.path, secureBoot: FILES },
    signed: new Map([['EFI/BOOT/bootx64.efi', at('signed')]]),
  });
  assert.deepEqual([...inTree.keys()], ['EFI/BOOT/bootx64.efi']);
  assert.deepEqual((await efiNames(iso)).map((name) => name.toLowerCase()).sort(), ['boot/grub/grub.cfg', 'efi/boot/bootx64.efi']);
  assert.ok(await readEfiFile(iso, 'EFI/BOOT/bootx64.efi', at('copy')));
  assert.equal(await readFile(at('copy'), 'utf8'), 'signed'.repeat(100));
  assert.ok(await readEfiFile(iso, 'boot/grub/grub.cfg', at('copy')));
  assert.equal(await readFile(at('copy'), 'utf8'), firstGrubConfig(CONFIG));
  assert.equal(await readEfiFile(iso, 'EFI/BOOT/fbx64.efi', at('copy')), false);

  await fillEfiPartition(iso, new Map([['EFI/BOOT/fbx64.efi', at('file')]]));
  assert.ok((await efiNames(iso)).some((name) => /fbx64\.efi$/i.test(name)));
  assert.equal(
    (await placeSignedLoaders({ ...CONFIG, kiwiIso: iso, workDirectory: '/nowhere', secureBoot: undefined, signed: inTree })).size,
    0,
  );
});
