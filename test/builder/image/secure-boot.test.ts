import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { grubConfig } from '../../../src/builder/image/grub-config.ts';
import { firstGrubConfig, takeSignedLoaders } from '../../../src/builder/image/secure-boot.ts';
import { moduleCommands } from '../../../src/builder/verify/signature-rules.ts';
import type { SecureBootFiles } from '../../../src/domain/recipe.ts';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';

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
