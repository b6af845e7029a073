import type { ImageManifest } from '../../domain/image.ts';
import { setMode } from '../../platform/files/build-files.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { createSparseFile, readImageHead } from '../../platform/machine/disk-image-file.ts';
import { partitionsOf, SECTOR_BYTES, TAIL_BYTES } from './disk-plan.ts';
import type { CopyKind } from './identity-edits.ts';
import { writeDisk } from './write-disk.ts';

export interface CopyImageInput extends CopyKind {
  source: string;
  /** replaced when the copy is whole */
  target: string;
  manifest: ImageManifest;
  workDirectory: string;
  say: (text: string) => void;
}

/**
 * Copies an image into a file that is a disk of its own. The same image gives the same copy.
 * @throws what writeDisk throws
 */
export async function copyImage({ source, target, say, ...input }: CopyImageInput): Promise<void> {
  await makeDirectory(input.workDirectory);
  const partial = `${target}.partial`;
  const data = partitionsOf(await readImageHead(source, SECTOR_BYTES))[2] ?? { startBytes: 0, sizeBytes: 0 };
  const targetBytes = data.startBytes + data.sizeBytes + TAIL_BYTES;
  try {
    await createSparseFile(partial, targetBytes);
    say(`copying ${source} to ${target}`);
    await writeDisk({
      ...input,
      source,
      target: partial,
      targetBytes,
      seed: `${input.manifest.dataPartitionUuid} ${input.medium} ${input.entry}`,
    });
    await setMode(partial, 0o644);
    await movePath(partial, target);
  } finally {
    await removePath(partial);
  }
}
