import { basename, join } from 'node:path';
import { ImageManifest } from '../../domain/image.ts';
import { type Architecture, USUAL_ARCHITECTURE } from '../../domain/values/architecture.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { fileSize, hashImage } from '../../platform/machine/disk-image-file.ts';
import { run } from '../../platform/process/command.ts';
import type { ExtractedFiles } from './extract.ts';

export interface ManifestInput {
  recipe: string;
  architecture: Architecture;
  version: string;
  repository: string;
  builtAt: Date;
  kernelRelease: string;
  isoUuid: string;
  dataPartitionUuid: string;
  dataSizeBytes: number;
  /** public key of age */
  encryptTo: string | undefined;
  isStandIn: boolean;
  /** PCI ids */
  rareCards: string[];
  files: ExtractedFiles;
  inputs: string;
}

/** The manifest as it goes into the ISO; the entry of the ISO itself is added when that is written. */
export async function describeBuild(input: ManifestInput): Promise<ImageManifest> {
  return ImageManifest.parse({
    manifestVersion: 1,
    recipe: input.recipe,
    ...(input.architecture === USUAL_ARCHITECTURE ? {} : { architecture: input.architecture }),
    version: input.version,
    commit: await commitOf(input.repository),
    builtAt: input.builtAt.toISOString(),
    node: process.versions.node,
    kernelRelease: input.kernelRelease,
    isoUuid: input.isoUuid,
    dataPartitionUuid: input.dataPartitionUuid,
    dataSizeBytes: input.dataSizeBytes,
    ...definedOnly({ encryptTo: input.encryptTo }),
    ...(input.isStandIn ? { standIn: true } : {}),
    inputs: input.inputs,
    rareCards: input.rareCards,
    files: {
      kernel: await fileEntry(input.files.kernel),
      initrd: await fileEntry(input.files.initrd),
      drivers: await fileEntry(input.files.drivers),
      rootImage: await fileEntry(input.files.rootImage),
    },
  });
}

/** Writes manifest.json and SHA256SUMS (as `sha256sum -c` reads it) for what lies in the output directory. */
export async function writeManifest(
  output: string,
  manifest: ImageManifest,
  isoPath: string,
  lists: readonly string[],
): Promise<ImageManifest> {
  const complete: ImageManifest = { ...manifest, files: { ...manifest.files, iso: await fileEntry(isoPath) } };
  const entries = [...Object.values(complete.files), ...(await Promise.all(lists.map(fileEntry)))];
  await writeAtomic(join(output, 'SHA256SUMS'), entries.map((entry) => `${entry.sha256}  ${entry.name}\n`).join(''));
  await writeAtomic(join(output, 'manifest.json'), `${JSON.stringify(complete, null, 2)}\n`);
  return complete;
}

async function fileEntry(path: string): Promise<{ name: string; sizeBytes: number; sha256: string }> {
  return { name: basename(path), sizeBytes: await fileSize(path), sha256: await hashImage(path) };
}

async function commitOf(repository: string): Promise<string> {
  const head = await run(['git', '-C', repository, 'rev-parse', 'HEAD'], { timeoutMs: 10_000 });
  if (head.status !== 'ok') return 'unknown';
  const changes = await run(['git', '-C', repository, 'status', '--porcelain'], { timeoutMs: 10_000 });
  return `${head.stdout.toString('utf8').trim()}${changes.stdout.length > 0 ? '-dirty' : ''}`;
}
