import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import type { PoolImageManifest } from '../../../domain/pool/image-manifest.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { fileFacts } from '../../../platform/files/file-reader.ts';
import { temporaryDirectory } from '../../../platform/files/files.ts';
import { hashFile } from '../../../platform/files/hashed-files.ts';
import { mountReadOnly } from '../../../platform/machine/mount.ts';
import { runOk } from '../../../platform/process/command.ts';
import { checkTree } from './check-tree.ts';
import type { ImageFault } from './image-fault.ts';
import { kernelFaults } from './kernel-fit.ts';

/** What a system needs beside its root: kernel, programs, some room. Measured at 128 MiB with a root of 48 MB. */
const BESIDE_ROOT_BYTES = 80 * 1024 ** 2;

export interface CheckedImage {
  /** its directory */
  path: string;
  manifest: PoolImageManifest;
  /** fault codes that are meant */
  allow?: readonly string[];
  /** RAM of the smallest machine that is to boot it */
  memoryBytes?: number;
  /** says what is being done */
  say?: (text: string) => void;
}

/** All that is wrong with one version of an image. Its root is mounted read-only, or unpacked, which needs root. @throws ReconError `not-root` */
export async function checkStoredImage({ path, manifest, allow = [], memoryBytes, say = () => {} }: CheckedImage): Promise<ImageFault[]> {
  say('reading every file against its sha256');
  const faults = [...(await damagedFiles(path, manifest)), ...(await kernelFaults(path, manifest)), ...memoryFaults(manifest, memoryBytes)];
  const isWhole = !faults.some(({ code }) => code === 'file-damaged');
  if (isWhole && (manifest.files['root.sqfs'] ?? manifest.files['root.tar.zst']) !== undefined) {
    say('looking through the root');
    faults.push(...(await withRoot(path, manifest, (root) => checkTree(root, manifest.kernelRelease))));
  }
  return faults.filter(({ code }) => !allow.includes(code));
}

async function damagedFiles(path: string, { files }: PoolImageManifest): Promise<ImageFault[]> {
  const faults: ImageFault[] = [];
  for (const [file, wanted] of Object.entries(files)) {
    const found = (await fileFacts(join(path, file))) === undefined ? undefined : await hashFile(join(path, file));
    if (found?.sha256 === wanted.sha256) continue;
    const how =
      found === undefined
        ? 'is missing'
        : found.sizeBytes === wanted.sizeBytes
          ? 'has another sha256'
          : `has ${found.sizeBytes} of ${wanted.sizeBytes} bytes`;
    faults.push({
      code: 'file-damaged',
      message: `${file} ${how}`,
      hint: 'import or build the image again: this version is damaged, and never changes',
    });
  }
  return faults;
}

function memoryFaults({ files, rootBytes }: PoolImageManifest, memoryBytes: number | undefined): ImageFault[] {
  if (memoryBytes === undefined) return [];
  const packed = files['root.sqfs']?.sizeBytes;
  const need = BESIDE_ROOT_BYTES + (packed ?? rootBytes ?? 0);
  if (need <= memoryBytes) return [];
  const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 ** 2);
  return [
    {
      code: 'memory',
      message: `it needs about ${mebibytes(need)} MiB of RAM, and the machine has ${mebibytes(memoryBytes)}`,
      hint:
        packed === undefined
          ? 'build it with a squashfs: then the root stays packed in RAM'
          : 'take packages out of the recipe, or give such machines failsafe',
    },
  ];
}

/** The root of an image as a directory, for as long as the work takes. */
async function withRoot<T>(path: string, { files }: PoolImageManifest, work: (root: string) => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) {
    throw new ReconError('not-root', "looking through an image's root needs root, to mount it", { hint: 'sudo recon image check …' });
  }
  await using directory = await temporaryDirectory('recon-root-');
  const at = join(directory.path, 'root');
  if (files['root.sqfs'] !== undefined) {
    await using mounted = await mountReadOnly(join(path, 'root.sqfs'), at, 'squashfs');
    return await work(mounted.path);
  }
  await makeDirectory(at);
  await runOk(['tar', '--extract', '--zstd', '--numeric-owner', '--file', join(path, 'root.tar.zst'), '--directory', at], {
    timeoutMs: 1_800_000,
  });
  return await work(at);
}
