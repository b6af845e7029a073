import assert from 'node:assert/strict';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { efiNames, readEfiFile, remakeEfiPartition } from '../../../src/builder/image/efi-partition.ts';
import { firstGrubConfig, placeSignedLoaders } from '../../../src/builder/image/secure-boot.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { runOk } from '../../../src/platform/process/command.ts';

const CONFIG = { markerPath: '/boot/0x1234abcd', menuPath: 'boot/grub/grub.cfg' };
const SECURE_BOOT = {
  efi: { 'EFI/BOOT/bootx64.efi': 'usr/lib/shim/shim.signed' },
  shim: 'EFI/BOOT/bootx64.efi',
  config: 'boot/grub/grub.cfg',
  signers: { shim: ['A'], others: ['B'] },
};

test('the EFI partition of an ISO gets loaders and configuration in the place of those that KIWI made, and keeps the rest', async () => {
  await using directory = await temporaryDirectory('recon-efi-');
  const at = (name: string): string => join(directory.path, name);
  const iso = await kiwiIso(at, 'one', '11111111');
  await writeFile(at('signed'), 'signed'.repeat(100));
  const signed = new Map([['EFI/BOOT/bootx64.efi', at('signed')]]);
  await placeSignedLoaders({ ...CONFIG, isoPath: iso, workDirectory: directory.path, secureBoot: SECURE_BOOT, signed });
  assert.deepEqual(await namesOf(iso), ['boot/grub/grub.cfg', 'efi/boot/bootx64.efi', 'efi/boot/earlyboot.cfg']);
  assert.ok(await readEfiFile(iso, 'EFI/BOOT/bootx64.efi', at('copy')));
  assert.equal(await readFile(at('copy'), 'utf8'), 'signed'.repeat(100));
  assert.ok(await readEfiFile(iso, 'boot/grub/grub.cfg', at('copy')));
  assert.equal(await readFile(at('copy'), 'utf8'), firstGrubConfig(CONFIG));
  assert.equal(await readEfiFile(iso, 'EFI/BOOT/fbx64.efi', at('copy')), false);
});

test('a recipe without signed loaders keeps the files of KIWI', async () => {
  await using directory = await temporaryDirectory('recon-efi-');
  const at = (name: string): string => join(directory.path, name);
  const iso = await kiwiIso(at, 'one', '11111111');
  await placeSignedLoaders({ ...CONFIG, isoPath: iso, workDirectory: directory.path, secureBoot: undefined, signed: new Map() });
  assert.deepEqual(await namesOf(iso), ['efi/boot/bootx64.efi', 'efi/boot/earlyboot.cfg']);
  assert.ok(await readEfiFile(iso, 'EFI/BOOT/bootx64.efi', at('copy')));
  assert.equal(await readFile(at('copy'), 'utf8'), 'unsigned'.repeat(100));
});

test('the same files give the same partition, whenever and under which number KIWI made its own', async () => {
  await using directory = await temporaryDirectory('recon-efi-');
  const at = (name: string): string => join(directory.path, name);
  const made: Buffer[] = [];
  for (const [name, number, seconds] of [
    ['one', '11111111', 1_700_000_000],
    ['two', '22222222', 1_800_000_000],
  ] as const) {
    const iso = await kiwiIso(at, name, number);
    await writeFile(at('signed'), 'signed');
    await utimes(at('signed'), seconds, seconds);
    await remakeEfiPartition(iso, new Map([['EFI/BOOT/grubx64.efi', at('signed')]]), directory.path);
    made.push(await readFile(at('efi.img')));
    assert.ok((await readFile(iso)).includes(made.at(-1) ?? ''), 'it is in the ISO');
  }
  assert.ok(made[0]?.equals(made[1] ?? Buffer.alloc(0)), 'they differ');
});

/** As KIWI leaves it: a file system of its own number, and two files. */
async function kiwiIso(at: (name: string) => string, name: string, number: string): Promise<string> {
  const iso = at(`${name}.iso`);
  await writeFile(at('unsigned'), 'unsigned'.repeat(100));
  await createSparseFile(at('kiwi.img'), 4 * 1024 * 1024);
  await runOk(['mkfs.vfat', '-i', number, at('kiwi.img')], { timeoutMs: 60_000 });
  for (const folder of ['EFI', 'EFI/BOOT']) await runOk(['mmd', '-i', at('kiwi.img'), `::/${folder}`], { timeoutMs: 60_000 });
  for (const file of ['bootx64.efi', 'earlyboot.cfg'])
    await runOk(['mcopy', '-i', at('kiwi.img'), at('unsigned'), `::/EFI/BOOT/${file}`], { timeoutMs: 60_000 });
  const words = ['-map', at('unsigned'), '/file', '-append_partition', '2', '0xef', at('kiwi.img'), '-commit'];
  await runOk(['xorriso', '-outdev', iso, ...words], { timeoutMs: 60_000 });
  return iso;
}

async function namesOf(iso: string): Promise<string[]> {
  return (await efiNames(iso)).map((name) => name.toLowerCase()).sort();
}
