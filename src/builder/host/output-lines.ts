import { join } from 'node:path';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { errorCode, exists, freeBytes, writeAtomic } from '../../platform/files/files.ts';
import { run } from '../../platform/process/command.ts';
import { type HostLine, lacks, there } from './host-line.ts';

const NEEDED_BYTES = 6 * 1024 ** 3;

/** File systems that cannot hold a root tree: no owners, no device nodes, or no links. */
const UNFIT = /^(vfat|msdos|exfat|ntfs3?|fuseblk|9p|drvfs|cifs|smb3|virtiofs|vboxsf)$/;

/** The directory of the build: that it can be written, what its file system can hold, and room. A directory that was not there is taken away again. */
export async function outputLines(directory: string): Promise<HostLine[]> {
  const wasThere = await exists(directory);
  try {
    const unwritable = await writableLine(directory);
    if (unwritable.missing !== undefined) return [unwritable];
    return [unwritable, await fileSystemLine(directory), await roomLine(directory)];
  } finally {
    if (!wasThere) await removePath(directory).catch(() => undefined);
  }
}

async function writableLine(directory: string): Promise<HostLine> {
  const probe = join(directory, '.writable');
  try {
    await makeDirectory(directory);
    await writeAtomic(probe, '');
    await removePath(probe);
    return there('directory', directory);
  } catch (cause) {
    const why = `${directory} cannot be written: ${errorCode(cause) ?? String(cause)}`;
    if (errorCode(cause) === 'ENOSPC') return lacks('directory', 'disk-full', why, 'free some space, or put the checkout on a larger disk');
    return lacks('directory', 'not-writable', why, 'is it read-only, or is a file in the way?');
  }
}

async function fileSystemLine(directory: string): Promise<HostLine> {
  const asked = await run(['findmnt', '--noheadings', '--output', 'FSTYPE,OPTIONS', '--target', directory], { timeoutMs: 5000 });
  const [type = '', options = ''] = asked.stdout.toString('utf8').trim().split(/\s+/);
  const against = options.split(',').filter((option) => ['nodev', 'noexec'].includes(option));
  if (UNFIT.test(type)) {
    return lacks(
      'file system',
      'host-unfit',
      `${directory} is on ${type}, which cannot hold the tree of a Linux system`,
      'put the checkout on ext4, xfs or btrfs',
    );
  }
  if (against.length === 0) return there('file system', type);
  return lacks(
    'file system',
    'host-unfit',
    `${directory} is mounted ${against.join(' and ')}: no tree in it can be started`,
    `mount -o remount,dev,exec that file system, or put the checkout on another`,
  );
}

async function roomLine(directory: string): Promise<HostLine> {
  const free = await freeBytes(directory);
  const megabytes = `${Math.floor(free / 1e6)} MB free`;
  if (free >= NEEDED_BYTES) return there('disk', megabytes);
  return lacks(
    'disk',
    'disk-full',
    `${directory} has ${megabytes}, a build needs ${Math.ceil(NEEDED_BYTES / 1e6)} MB`,
    'free some space, or put the checkout on a larger disk',
  );
}
