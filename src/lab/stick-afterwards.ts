import { join } from 'node:path';
import { DATA_LABEL } from '../domain/image.ts';
import { createSparseFile } from '../platform/machine/disk-image-file.ts';
import { findWritesOutsideData } from './checks/stick-only-data-written.ts';
import { checkDataFileSystem, type Stick } from './stick/stick.ts';

/** Findings about a stick that nobody uses any more: what was written outside the data partition, and damage inside. */
export async function findStickTrouble(stick: Stick, directory: string): Promise<string[]> {
  const zeroPath = join(directory, 'zero.img');
  await createSparseFile(zeroPath, 1024 ** 3);
  const trouble = await checkDataFileSystem(stick, directory);
  return [...(await findWritesOutsideData(stick, zeroPath)), ...(trouble === undefined ? [] : [`${DATA_LABEL} is not clean: ${trouble}`])];
}
