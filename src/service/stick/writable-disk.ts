import { removePath } from '../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';

/** udev's guard leaves this disk writable; see overlay/usr/lib/recon/guard-disk. */
const WRITABLE_DISK_FILE = '/run/recon/writable-disk';
const QUICK = { timeoutMs: 10_000 };

/** Opens the write guard for one disk, `sda`, and for no other. @throws ReconError `command-failed` */
export async function openGuard(disk: string): Promise<void> {
  await writeAtomic(WRITABLE_DISK_FILE, disk);
  await runOk(['blockdev', '--setrw', `/dev/${disk}`], QUICK);
}

/** Closes it again, for whichever disk it is open; the disk may be gone by then. */
export async function closeGuard(): Promise<void> {
  const disk = (await readOrUndefined(WRITABLE_DISK_FILE))?.toString('utf8').trim();
  // first: what udev does from now on finds every disk guarded
  await removePath(WRITABLE_DISK_FILE);
  if (disk !== undefined && disk !== '') await runOk(['blockdev', '--setro', `/dev/${disk}`], QUICK).catch(() => '');
}
