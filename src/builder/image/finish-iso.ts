import { join } from 'node:path';
import { bootPaths, type ImageManifest, ISO_PATHS } from '../../domain/image.ts';
import type { SecureBootFiles } from '../../domain/recipe.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { appendDataPartition } from './data-partition.ts';
import type { EfiFiles } from './efi-partition.ts';
import type { ExtractedFiles } from './extract.ts';
import { grubConfig } from './grub-config.ts';
import type { ImageIdentity } from './identity.ts';
import { placeSignedLoaders } from './secure-boot.ts';
import { dataFiles } from './stick-files.ts';

export interface FinishIsoInput {
  /** as KIWI made it */
  kiwiIso: string;
  isoPath: string;
  /** in the place of KIWI's: the initrd without rare drivers, these, and the root image */
  files: Omit<ExtractedFiles, 'kernel'>;
  workDirectory: string;
  /** of grub.cfg, in the ISO */
  menuPath: string;
  manifest: ImageManifest;
  identity: ImageIdentity;
  secureBoot?: SecureBootFiles | undefined;
  signed: EfiFiles;
  /** of the bill of materials */
  sbomPath: string;
}

/** KIWI's ISO with our root image, signed loaders, our menu, the manifest, and the data partition that a new stick has. */
export async function finishIso(input: FinishIsoInput): Promise<void> {
  const { kiwiIso, isoPath, workDirectory, menuPath, manifest, identity } = input;
  const menu = join(workDirectory, 'grub.cfg');
  const insideManifest = join(workDirectory, 'manifest.json');
  const { isoUuid, dataPartitionUuid, signature, volumeDate } = identity;
  // a file that no other medium has; KIWI's own is the same for each program upon the same packages
  const marker = `recon/${signature.toString(16).padStart(8, '0')}.id`;
  const markerPath = `/${marker}`;
  const inIso = bootPaths(manifest.architecture);
  await writeAtomic(
    menu,
    grubConfig({
      ...definedOnly({ architecture: manifest.architecture }),
      version: manifest.version,
      isoUuid,
      dataPartitionUuid,
      markerPath,
    }),
  );
  await writeAtomic(insideManifest, `${JSON.stringify(manifest, null, 2)}\n`);
  await appendDataPartition({
    isoPath: kiwiIso,
    outputPath: isoPath,
    workDirectory,
    sizeBytes: manifest.dataSizeBytes,
    signature,
    volumeDate,
    files: new Map([
      // for firmware that reads the ISO's tree and not its boot image
      ...input.signed,
      [inIso.initrd, input.files.initrd],
      [inIso.drivers, input.files.drivers],
      [ISO_PATHS.rootImage, input.files.rootImage],
      [menuPath, menu],
      [marker, insideManifest],
      [ISO_PATHS.manifest, insideManifest],
      [ISO_PATHS.sbom, input.sbomPath],
    ]),
    dataFiles: await dataFiles(workDirectory, manifest.encryptTo),
  });
  await placeSignedLoaders({ ...input, markerPath });
}
