import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { commandError, run } from '../../platform/process/command.ts';
import { END_WORD, type GuestTask, TASK_FILE } from './guest/task.ts';

/** Where in the initrd our part lies, and its first program. */
const FOLDER = 'yank';
export const INIT_PATH = `/${FOLDER}/init`;
const PROGRAM = 'guest.mjs';

/**
 * The image's root is mounted as it is in the image, read-only; the program runs in it with the image's own Node and tools. udev runs, because
 * the product asks lsblk, and lsblk asks udev, what is on a disk.
 */
const INIT = `#!/bin/bash
export PATH=/usr/sbin:/usr/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
exec > /dev/console 2>&1 < /dev/null
modprobe -a virtio_blk virtio_scsi sd_mod squashfs vfat nls_cp437 nls_ascii nls_utf8
mount -t tmpfs tmpfs /run
/usr/lib/systemd/systemd-udevd --daemon
udevadm trigger --subsystem-match=block --action=add
udevadm settle
mount -t squashfs -o ro /dev/vda /sysroot
for one in proc sys dev run; do mount --rbind "/$one" "/sysroot/$one"; done
mount -t tmpfs tmpfs /sysroot/tmp
cp /${FOLDER}/* /run/
/sysroot/usr/sbin/chroot /sysroot /usr/lib/recon/node /run/${PROGRAM} /run || echo "${END_WORD}: failed"
dmesg | grep -E "FAT-fs|I/O error|Buffer I/O"
echo o > /proc/sysrq-trigger
sleep 600
`;

/** Writes an initrd: the image's own, with our program, its task and an init of a few lines behind it. */
export async function writeGuestInitrd(input: {
  initrdPath: string;
  programPath: string;
  task: GuestTask;
  /** for the parts, and for `initrd` */
  directory: string;
}): Promise<string> {
  const { initrdPath, programPath, task, directory } = input;
  await makeDirectory(join(directory, FOLDER));
  await writeAtomic(join(directory, FOLDER, 'init'), INIT, 0o755);
  await writeAtomic(join(directory, FOLDER, PROGRAM), await readFile(programPath));
  await writeAtomic(join(directory, FOLDER, TASK_FILE), JSON.stringify(task));
  const names = [FOLDER, ...['init', PROGRAM, TASK_FILE].map((name) => `${FOLDER}/${name}`)];
  const archive = await run(['cpio', '--quiet', '-o', '-H', 'newc', '-R', '0:0'], {
    timeoutMs: 30_000,
    cwd: directory,
    input: names.map((name) => `${name}\n`).join(''),
    keepFinalNewline: true,
  });
  if (archive.status !== 'ok') throw commandError(archive);
  const initrd = await readFile(initrdPath);
  // later archives are unpacked over earlier ones, and each starts at a multiple of four (Linux, driver-api/early-userspace)
  const padding = Buffer.alloc((4 - (initrd.length % 4)) % 4);
  const path = join(directory, 'initrd');
  await writeAtomic(path, Buffer.concat([initrd, padding, archive.stdout]));
  return path;
}
