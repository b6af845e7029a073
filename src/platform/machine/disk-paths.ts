import { readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { namesIn } from '../files/directories.ts';

/** Where udev names disks by the way to them. */
const BY_PATH = '/dev/disk/by-path';

/** Kernel name of each block device, `sda` → where it is plugged in, `pci-0000:00:1f.2-ata-1`. Of several names the first; empty without udev. */
export async function diskPaths(directory = BY_PATH): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const names = await namesIn(directory).catch(() => []);
  for (const name of [...names].sort()) {
    const device = basename(await readlink(join(directory, name)).catch(() => ''));
    if (device !== '' && !found.has(device)) found.set(device, name);
  }
  return found;
}
