import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { mountReadOnly } from '../../src/platform/machine/mount.ts';
import { packTarball } from '../../src/pool/image/build/pack-step.ts';
import { IMAGES_DIRECTORY, storedImages } from '../../src/pool/image/store/stored-images.ts';

/**
 * Ratios of the newest images in RECON_IMAGES= (a head's own by default); builds nothing. The tarball that a squashfs is held against is packed
 * here, which takes minutes, and needs root.
 */
const directory = process.env['RECON_IMAGES'] ?? IMAGES_DIRECTORY;
const { images } = await storedImages(directory);
const newest = new Map(images.map((image) => [image.name, image]));
if (newest.size === 0)
  process.stdout.write(`images of the boot pool: none in ${directory}; build them, or name another folder with RECON_IMAGES=\n`);
for (const { name, version, path, manifest } of newest.values()) {
  const { files } = manifest;
  const seconds = images.filter((image) => image.name === name).map((image) => image.manifest.stepSeconds ?? {});
  const whole = seconds.map((steps) => Object.values(steps)).filter((steps) => steps.length > 0 && steps.every((taken) => taken > 0));
  const total = whole.at(-1)?.reduce((sum, taken) => sum + taken, 0);
  const ramdisk = seconds.at(-1)?.['ramdisk'];
  if (total !== undefined && ramdisk !== undefined && ramdisk > 0)
    process.stdout.write(
      `${name}@${version}: ramdisk step ${(ramdisk / total).toFixed(3)} x whole build of ${total.toFixed(1)} s (bar 0.05)\n`,
    );
  if (manifest.kind === 'failsafe') {
    const bytes = (files.kernel?.sizeBytes ?? 0) + (files.ramdisk?.sizeBytes ?? 0);
    process.stdout.write(`${name}@${version}: ${(bytes / 1e6).toFixed(1)} MB (bar 30)\n`);
  }
  const squashfs = files['root.sqfs']?.sizeBytes;
  if (squashfs === undefined || process.geteuid?.() !== 0) continue;
  await using work = await temporaryDirectory('recon-bench-');
  await using root = await mountReadOnly(join(path, 'root.sqfs'), join(work.path, 'root'), 'squashfs');
  const tarball = join(work.path, 'root.tar.zst');
  await packTarball(root.path, tarball, { epoch: '0', level: 19, signal: new AbortController().signal });
  const other = files.ramdisk?.sizeBytes ?? 0;
  const ratio = (squashfs + other) / ((await stat(tarball)).size + other);
  process.stdout.write(
    `${name}@${version}: ${(squashfs / 1e6).toFixed(1)} MB of squashfs, with the ramdisk ${ratio.toFixed(2)} x a tarball (zstd 19) in it (bar 1.25)\n`,
  );
}
