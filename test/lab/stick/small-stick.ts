import { join } from 'node:path';
import { createSparseFile, writeAt } from '../../../src/platform/machine/disk-image-file.ts';
import { runOk } from '../../../src/platform/process/command.ts';

export const MIB = 1024 * 1024;
export const DATA = { startBytes: 4 * MIB, sizeBytes: 36 * MIB };
export const LIMIT = { timeoutMs: 30_000 };

/** A boot record with an ISO partition and RECONDATA. */
export function bootRecord(type = 0x0c): Buffer {
  const sector = Buffer.alloc(512);
  const entry = (index: number, partitionType: number, startBytes: number, sizeBytes: number): void => {
    sector[446 + 16 * index + 4] = partitionType;
    sector.writeUInt32LE(startBytes / 512, 446 + 16 * index + 8);
    sector.writeUInt32LE(sizeBytes / 512, 446 + 16 * index + 12);
  };
  entry(0, 0x83, 512, 3 * MIB);
  entry(2, type, DATA.startBytes, DATA.sizeBytes);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** A small image of the same layout as the product's, with a real FAT file system. */
export async function makeImage(directory: string): Promise<string> {
  const path = join(directory, 'image.iso');
  await createSparseFile(path, DATA.startBytes + DATA.sizeBytes + MIB);
  await writeAt(path, 0, bootRecord());
  await writeAt(path, 2 * MIB, Buffer.from('the root image'));
  await runOk(
    ['mkfs.vfat', '-F', '32', '-n', 'RECONDATA', '--offset', `${DATA.startBytes / 512}`, path, `${DATA.sizeBytes / 1024}`],
    LIMIT,
  );
  return path;
}
