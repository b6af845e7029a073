import { basename, join } from 'node:path';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { readOrUndefined } from '../../platform/files/files.ts';
import { createSparseFile, writeAt } from '../../platform/machine/disk-image-file.ts';
import { run, runOk } from '../../platform/process/command.ts';
import { NO_TIME_EPOCH } from './kiwi-luck.ts';

/** File of the EFI partition → file that goes there. */
export type EfiFiles = ReadonlyMap<string, string>;

const MINUTE_MS = 60_000;
/** FAT keeps times: of all that we put there the same one, in the same zone, so that the same files give the same bytes. */
const NO_TIME = { SOURCE_DATE_EPOCH: NO_TIME_EPOCH, TZ: 'UTC' };

/**
 * Makes the EFI partition of an ISO anew, which is its boot image for optical media as well: what was in it, and these files, in the place of those
 * that have their names. Anew, because the file system of KIWI has the time when it was made in its number and in its label.
 */
export async function remakeEfiPartition(isoPath: string, files: EfiFiles, work: string): Promise<void> {
  const { startBytes, sizeBytes } = await efiPartition(isoPath);
  const [folder, image] = [join(work, 'efi-files'), join(work, 'efi.img')];
  await removePath(folder);
  await makeDirectory(folder);
  const all = new Map<string, string>();
  for (const [index, name] of (await efiNames(isoPath)).sort().entries()) {
    const copy = join(folder, `${index}-${basename(name)}`);
    await runOk(['mcopy', '-D', 'o', '-i', `${isoPath}@@${startBytes}`, `::/${name}`, copy], { timeoutMs: MINUTE_MS });
    all.set(name.toLowerCase(), copy);
  }
  for (const [name, from] of files) all.set(name.toLowerCase(), from);
  await createSparseFile(image, sizeBytes);
  await runOk(['mkfs.vfat', '--invariant', '-n', 'BOOT', '-i', 'ec0de0ef', image], { timeoutMs: MINUTE_MS });
  await fillFileSystem(image, new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1))));
  await writeAt(isoPath, startBytes, (await readOrUndefined(image)) ?? Buffer.alloc(0));
}

async function fillFileSystem(image: string, files: EfiFiles): Promise<void> {
  const made = new Set<string>();
  for (const [name, from] of files) {
    const folders = name.split('/').slice(0, -1);
    for (let depth = 1; depth <= folders.length; depth++) {
      const path = folders.slice(0, depth).join('/');
      if (made.has(path)) continue;
      await runOk(['mmd', '-i', image, `::/${path}`], { timeoutMs: MINUTE_MS, environment: NO_TIME });
      made.add(path);
    }
    await runOk(['mcopy', '-i', image, from, `::/${name}`], { timeoutMs: MINUTE_MS, environment: NO_TIME });
  }
}

/** Copies a file out of the EFI partition; false when it is not there. */
export async function readEfiFile(isoPath: string, name: string, to: string): Promise<boolean> {
  const image = `${isoPath}@@${(await efiPartition(isoPath)).startBytes}`;
  return (await run(['mcopy', '-D', 'o', '-i', image, `::/${name}`, to], { timeoutMs: MINUTE_MS })).status === 'ok';
}

/** Paths of all files of the EFI partition. */
export async function efiNames(isoPath: string): Promise<string[]> {
  const image = `${isoPath}@@${(await efiPartition(isoPath)).startBytes}`;
  const listing = await run(['mdir', '-/', '-b', '-i', image, '::/'], { timeoutMs: MINUTE_MS });
  return listing.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line) => /^::\/(.*[^/])$/.exec(line.trim())?.[1] ?? []);
}

/** Where the partition of type 0xef of the MBR lies. */
async function efiPartition(isoPath: string): Promise<{ startBytes: number; sizeBytes: number }> {
  const table = await runOk(['xorriso', '-indev', isoPath, '-report_system_area', 'plain'], { timeoutMs: MINUTE_MS });
  const [, start, sectors] = /^MBR partition\s*:\s*\d+\s+\S+\s+0xef\s+(\d+)\s+(\d+)/m.exec(table) ?? [];
  return { startBytes: Number(start ?? Number.NaN) * 512, sizeBytes: Number(sectors ?? Number.NaN) * 512 };
}
