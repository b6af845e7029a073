import { join } from 'node:path';
import { removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { run, runOk } from '../../platform/process/command.ts';

/** What the write guard is open for: a whole disk, `sda`, and one of its partitions where it was switched to read-only, too. */
export interface GuardedDisk {
  disk: string;
  partition?: string | undefined;
}

/** Where udev's guard looks; see overlay/usr/lib/recon/guard-disk. */
const RUN_DIRECTORY = '/run/recon';
const WRITABLE_DISK_FILE = 'writable-disk';
const QUICK = { timeoutMs: 10_000 };

/** Opens the write guard for one disk, and for no other. @throws ReconError `command-failed` */
export async function openGuard({ disk, partition }: GuardedDisk, runDirectory = RUN_DIRECTORY): Promise<void> {
  await writeAtomic(join(runDirectory, WRITABLE_DISK_FILE), disk);
  for (const name of devices({ disk, partition })) await runOk(['blockdev', '--setrw', `/dev/${name}`], QUICK);
}

/** Closes it again, for whichever disk it is open; the disk may be gone by then. */
export async function closeGuard(partition?: string, runDirectory = RUN_DIRECTORY): Promise<void> {
  const file = join(runDirectory, WRITABLE_DISK_FILE);
  const disk = (await readOrUndefined(file))?.toString('utf8').trim() ?? '';
  // first: what udev does from now on finds every disk guarded
  await removePath(file);
  if (disk === '') return;
  for (const name of devices({ disk, partition }).reverse()) await run(['blockdev', '--setro', `/dev/${name}`], QUICK);
}

function devices({ disk, partition }: GuardedDisk): string[] {
  return partition === undefined || partition === disk ? [disk] : [disk, partition];
}
