import { join } from 'node:path';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../../platform/files/files.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';

/** What belongs to the host that built the tree, or to one machine. */
const REMOVED = [
  'var/lib/apt/lists',
  'var/cache/apt',
  'var/cache/dnf',
  'var/lib/dnf/history.sqlite',
  'etc/hostname',
  'var/log',
  'var/lib/systemd/random-seed',
  'var/lib/dbus/machine-id',
  'root/.bash_history',
  'tmp',
  'var/tmp',
];
const EMPTY_DIRECTORIES: readonly (readonly [path: string, mode: number])[] = [
  ['var/log', 0o755],
  ['tmp', 0o1777],
  ['var/tmp', 0o1777],
  ['var/cache/apt/archives/partial', 0o755],
  ['var/lib/apt/lists/partial', 0o755],
];

/** Takes out of a tree what must not be on every machine; `chmod` is that of the host, for the sticky bit. */
export async function cleanTree(root: string, setMode: (path: string, mode: number) => Promise<void>): Promise<void> {
  for (const path of REMOVED) await removePath(join(root, path));
  for (const name of await listDirectory(join(root, 'etc/ssh')))
    if (name.startsWith('ssh_host_')) await removePath(join(root, 'etc/ssh', name));
  for (const [path, mode] of EMPTY_DIRECTORIES) {
    if (path.startsWith('var/') && path.includes('/apt/') && !(await exists(join(root, 'etc/apt')))) continue;
    await makeDirectory(join(root, path));
    await setMode(join(root, path), mode);
  }
  // machine-id(5): an empty file is filled at boot, a missing one is another thing
  await writeAtomic(join(root, 'etc/machine-id'), '');
  await writeAtomic(
    join(root, 'etc/fstab'),
    '# what outlives a boot is mounted by units that the ramdisk writes (persist: in the profile)\n',
  );
}
