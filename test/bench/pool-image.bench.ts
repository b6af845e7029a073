import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { mountReadOnly } from '../../src/platform/machine/mount.ts';
import { packTarball } from '../../src/pool/image/build/pack-step.ts';
import { IMAGES_DIRECTORY, type StoredImage, storedImages } from '../../src/pool/image/store/stored-images.ts';
import { sayProgress, tell, tellNotRun } from './frame/tell.ts';

/**
 * Ratios of the newest images in RECON_IMAGES= (a head's own by default); builds nothing. The tarball that a squashfs is held against is packed
 * here, which takes minutes, and needs root.
 */
const directory = process.env['RECON_IMAGES'] ?? IMAGES_DIRECTORY;
const { images } = await storedImages(directory);
const newest = [...new Map(images.map((image) => [image.name, image])).values()];
const steps = newest.map(({ name }) => stepsOf(images.filter((image) => image.name === name))).filter((one) => one !== undefined);
const failsafe = newest.filter(({ manifest }) => manifest.kind === 'failsafe');
const packed: [ours: number, theirs: number][] = [];
if (process.geteuid?.() === 0) for (const image of newest) packed.push(...(await asTarball(image)));

if (steps.length > 0) tell('pool-image.ramdisk', { ours: steps.map(({ ramdisk }) => ramdisk), theirs: steps.map(({ total }) => total) });
if (failsafe.length > 0) tell('pool-image.failsafe', { ours: failsafe.map(megabytes) });
if (packed.length > 0) tell('pool-image.root', { ours: packed.map(([ours]) => ours), theirs: packed.map(([, theirs]) => theirs) });
tellNotRun(
  newest.length === 0
    ? 'no images of the boot pool: build them, or name another folder with RECON_IMAGES='
    : 'these images have no such part, or it needs root',
);

/** Of the last whole build, and of the last ramdisk, in seconds. */
function stepsOf(versions: readonly StoredImage[]): { ramdisk: number; total: number } | undefined {
  const seconds = versions.map(({ manifest }) => manifest.stepSeconds ?? {});
  const whole = seconds.map((one) => Object.values(one)).filter((one) => one.length > 0 && one.every((taken) => taken > 0));
  const [total, ramdisk] = [whole.at(-1)?.reduce((sum, taken) => sum + taken, 0), seconds.at(-1)?.['ramdisk']];
  return total === undefined || ramdisk === undefined || ramdisk === 0 ? undefined : { ramdisk, total };
}

function megabytes({ manifest: { files } }: StoredImage): number {
  return ((files.kernel?.sizeBytes ?? 0) + (files.ramdisk?.sizeBytes ?? 0)) / 1e6;
}

/** In MB with the ramdisk, as it is and with a tarball in the place of the squashfs; nothing of an image without one. */
async function asTarball({ name, version, path, manifest: { files } }: StoredImage): Promise<[number, number][]> {
  const squashfs = files['root.sqfs']?.sizeBytes;
  if (squashfs === undefined) return [];
  sayProgress(`${name}@${version}: packing a tarball of its root`);
  await using work = await temporaryDirectory('recon-bench-');
  await using root = await mountReadOnly(join(path, 'root.sqfs'), join(work.path, 'root'), 'squashfs');
  const tarball = join(work.path, 'root.tar.zst');
  await packTarball(root.path, tarball, { epoch: '0', level: 19, signal: new AbortController().signal });
  const other = files.ramdisk?.sizeBytes ?? 0;
  return [[(squashfs + other) / 1e6, ((await stat(tarball)).size + other) / 1e6]];
}
