import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { FIRST_CLUSTER, fatLayout } from '../../platform/fat/fat-layout.ts';
import { removePath } from '../../platform/files/directories.ts';
import { readImageHead } from '../../platform/machine/disk-image-file.ts';
import { makeDataImage } from '../image/data-partition.ts';
import { dataFiles } from '../image/stick-files.ts';
import type { MediumIdentity } from './other-identity.ts';

/** Far more than what a new data partition holds. */
const FILE_CLUSTERS = 16;

export interface FreshDataInput {
  /** where a file without content may be as large as the partition: it takes the space of its tables alone */
  workDirectory: string;
  sizeBytes: number;
  identity: MediumIdentity;
  /** public key of age that tarballs are encrypted to */
  encryptTo: string | undefined;
}

/**
 * The beginning of a new data partition, as far as it is not empty: file system, recon.yaml and README.txt, as a new stick has them. What comes
 * after it belongs to no file, whatever it says.
 * @throws ReconError `command-failed`
 */
export async function freshData({ workDirectory, sizeBytes, identity, encryptTo }: FreshDataInput): Promise<Buffer> {
  const path = join(workDirectory, 'recondata.img');
  try {
    await makeDataImage({ path, sizeBytes, ...identity, files: await dataFiles(workDirectory, encryptTo) });
    const layout = fatLayout(await readImageHead(path, 512));
    if (layout === undefined) throw new ReconError('command-failed', 'mkfs.vfat has made no FAT32 file system');
    const clusters = Math.min(FILE_CLUSTERS, layout.endCluster - FIRST_CLUSTER);
    return await readImageHead(path, layout.dataStartBytes + clusters * layout.clusterBytes);
  } finally {
    await removePath(path);
  }
}
