import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { bootPaths, type ImageManifest } from '../domain/image.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { writeAtomic } from '../platform/files/files.ts';

const MIB = 1024 * 1024;
/** Nobody boots them: small enough for forty machines on one host. */
const SIZES_MIB = { kernel: 1, initrd: 2, rootImage: 8 } as const;

/** Writes files as a medium has them, full of zeros, and gives their manifest. */
export async function writeImageFiles(liveDirectory: string, version: string): Promise<ImageManifest> {
  const entry = async (part: keyof typeof SIZES_MIB, name: string): Promise<ImageManifest['files']['kernel']> => {
    const content = Buffer.alloc(SIZES_MIB[part] * MIB);
    const path = join(liveDirectory, bootPaths()[part]);
    await makeDirectory(dirname(path));
    await writeAtomic(path, content);
    return { name, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  };
  return {
    ...{ manifestVersion: 1, recipe: 'demo', version, commit: '000000000000', builtAt: '2026-01-01T00:00:00Z', node: process.version },
    ...{ kernelRelease: 'none', isoUuid: '2026-01-01-00-00-00-00', dataPartitionUuid: '00000000-03', dataSizeBytes: 256 * MIB },
    files: {
      kernel: await entry('kernel', `linux-${version}`),
      initrd: await entry('initrd', `initrd-${version}`),
      rootImage: await entry('rootImage', `recon-${version}.squashfs`),
    },
  };
}
