import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendDataPartition, partitionUuid, volumeUuid } from '../../../src/builder/image/data-partition.ts';
import { grubConfig } from '../../../src/builder/image/grub-config.ts';
import { bootPaths, ImageManifest, ISO_PATHS } from '../../../src/domain/image.ts';
import { runOk } from '../../../src/platform/process/command.ts';

export const MIB = 1024 * 1024;
export const SMALL_SIGNATURE = 0x0ac0de01;
export const SMALL_DATE = '2026112021400125';
const SIZES = { kernel: 300_001, initrd: 700_003, rootImage: 5_000_017 } as const;

/** An ISO as the builder finishes it, small: what is in it starts nothing. Needs xorriso, mkfs.vfat and mcopy. */
export async function smallImage(directory: string): Promise<{ isoPath: string; manifest: ImageManifest }> {
  const at = (name: string): string => join(directory, name);
  const identity = { isoUuid: volumeUuid(SMALL_DATE), dataPartitionUuid: partitionUuid(SMALL_SIGNATURE, 3) };
  const parts = Object.entries(SIZES).map(([part, sizeBytes]) => [part, bytesOf(part, sizeBytes)] as const);
  for (const [part, bytes] of parts) await writeFile(at(part), bytes);
  const entry = (part: keyof typeof SIZES): { name: string; sizeBytes: number; sha256: string } => {
    const bytes = bytesOf(part, SIZES[part]);
    return { name: part, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  const manifest = ImageManifest.parse({
    ...{
      manifestVersion: 1,
      recipe: 'debian-13',
      version: '13.x.1',
      commit: 'unknown',
      builtAt: '2026-11-20T21:40:01.250Z',
      node: '24.0.0',
    },
    ...{ kernelRelease: '6.12.0', ...identity, dataSizeBytes: 64 * MIB },
    files: { kernel: entry('kernel'), initrd: entry('initrd'), rootImage: entry('rootImage') },
  });
  await writeFile(at('manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(at('grub.cfg'), grubConfig({ ...identity, version: '13.x.1', markerPath: '/boot/0x1234abcd' }));
  await writeFile(at('recon.yaml'), '# settings\n');
  const efi = await efiPartition(directory);
  const maps = (['kernel', 'initrd', 'rootImage'] as const).flatMap((part) => ['-map', at(part), `/${bootPaths()[part]}`]);
  const argv = [
    'xorriso',
    '-outdev',
    at('kiwi.iso'),
    '-volid',
    'RECON',
    '-boot_image',
    'any',
    'partition_offset=16',
    ...['-append_partition', '2', '0xef', efi],
    ...maps,
    '-commit',
  ] as const;
  await runOk(argv, { timeoutMs: 60_000 });
  await appendDataPartition({
    ...{ isoPath: at('kiwi.iso'), outputPath: at('small.iso'), workDirectory: directory, sizeBytes: 64 * MIB },
    ...{ signature: SMALL_SIGNATURE, volumeDate: SMALL_DATE },
    files: new Map([
      ['boot/grub/grub.cfg', at('grub.cfg')],
      [ISO_PATHS.manifest, at('manifest.json')],
    ]),
    dataFiles: new Map([['recon.yaml', at('recon.yaml')]]),
  });
  return { isoPath: at('small.iso'), manifest };
}

/** What firmware starts from a disk without any entry of its own, and what shim starts and asks for (UEFI 2.10, 3.5.1.1). */
export const EFI_FILES = ['EFI/BOOT/bootx64.efi', 'EFI/BOOT/grubx64.efi', 'EFI/BOOT/mmx64.efi', 'boot/grub/grub.cfg'] as const;

async function efiPartition(directory: string): Promise<string> {
  const image = join(directory, 'efi.img');
  await runOk(['mkfs.vfat', '-C', image, '2048'], { timeoutMs: 60_000 });
  await runOk(['mmd', '-i', image, '::/EFI', '::/EFI/BOOT', '::/boot', '::/boot/grub'], { timeoutMs: 60_000 });
  for (const name of EFI_FILES) {
    const file = join(directory, 'efi-file');
    await writeFile(file, bytesOf(name, 10_007));
    await runOk(['mcopy', '-D', 'o', '-i', image, file, `::/${name}`], { timeoutMs: 60_000 });
  }
  return image;
}

/** Bytes that are nowhere the same. */
function bytesOf(seed: string, sizeBytes: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest());
  return Buffer.concat(blocks).subarray(0, sizeBytes);
}
