import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeDataFileSystem } from '../../../src/builder/image/data-partition.ts';
import { type FatVolume, openFatVolume } from '../../../src/platform/fat/fat-volume.ts';
import { createSparseFile } from '../../../src/platform/machine/disk-image-file.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

const LIMIT = { timeoutMs: 60_000, environment: { MTOOLS_SKIP_CHECK: '1' } };

/** A FAT32 file system as the builder makes it, with these files, written by mtools. */
export async function makeFatImage(path: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  await createSparseFile(path, 64 * 1024 * 1024);
  await makeDataFileSystem(path, 1);
  await addFiles(path, files);
}

export async function addFiles(path: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const parents = name.split('/').slice(0, -1);
    for (let depth = 1; depth <= parents.length; depth += 1)
      await run(['mmd', '-i', path, `::/${parents.slice(0, depth).join('/')}`], LIMIT);
    const scratch = join(dirname(path), 'content');
    await writeFile(scratch, content);
    await runOk(['mcopy', '-o', '-i', path, scratch, `::/${name}`], LIMIT);
  }
}

/** Opens the image, does something with its file system, and closes it. */
export async function withVolume<T>(path: string, work: (volume: FatVolume) => Promise<T>): Promise<T> {
  await using image = await openRawImage(path, 'read-write');
  const volume = await openFatVolume(image);
  if (volume === undefined) throw new Error(`${path} holds no FAT32`);
  return await work(volume);
}

/** Paths of all files and directories, as mtools sees them. */
export async function pathsIn(path: string): Promise<string[]> {
  const listing = await runOk(['mdir', '-b', '-/', '-a', '-i', path, '::/'], LIMIT);
  return listing
    .split('\n')
    .map((line) => line.trim().replace(/^::\//, ''))
    .filter((line) => line !== '')
    .sort();
}

/** What fsck.vfat says about it: the lines behind the first; none when all is well. */
export async function faultsOf(path: string): Promise<string[]> {
  const check = await run(['fsck.vfat', '-n', path], LIMIT);
  return check.status === 'ok' ? [] : check.stdout.toString('utf8').split('\n').slice(1);
}
