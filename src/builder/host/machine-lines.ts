import { geteuid } from 'node:process';
import type { Recipe } from '../../domain/recipe.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { run } from '../../platform/process/command.ts';
import { isSuseHost } from '../image/leap-tool-root.ts';
import { type HostLine, lacks, there } from './host-line.ts';

/** mksquashfs and dracut at once; below it the kernel ends one of them. */
const NEEDED_RAM_BYTES = 1024 ** 3;

/** KIWI mounts the root file system that it fills, and what is verified is mounted. */
const FILE_SYSTEMS = ['ext4', 'squashfs'] as const;

const textOf = async (path: string): Promise<string> => (await readOrUndefined(path))?.toString('utf8') ?? '';

/** Of the host, in Node's word: KIWI, loaders and our own Node are those of x86_64, whatever the image is for. */
export function processorLine(processor: string = process.arch): HostLine {
  if (processor === 'x64') return there('processor', 'x86_64');
  const why = `this host's processor is ${processor}: what builds images runs on x86_64 alone`;
  return lacks('processor', 'host-unfit', why, 'build it on an x86_64 machine, or in a virtual machine of that kind');
}

/** A SUSE recipe is built by SUSE's own rpm; elsewhere the tree that has it is made by zypper and rpm of the host. */
export async function distributionLine({ name, family, suite }: Pick<Recipe, 'name' | 'family' | 'suite'>): Promise<HostLine> {
  const release = await textOf('/etc/os-release');
  const own = /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? 'unknown';
  if (family !== 'suse' || (await isSuseHost())) return there('system', own);
  const programs = ['zypper', 'rpm', 'rpmdb'];
  const found = await Promise.all(programs.map(async (program) => (await run(['which', program], { timeoutMs: 5000 })).status === 'ok'));
  const missing = programs.filter((_, index) => !found[index]);
  if (missing.length === 0) return there('system', `${own}, with zypper and rpm`);
  return lacks(
    'system',
    'host-unfit',
    `${name} is made of packages of Leap ${suite}, and this host is no SUSE and has no ${missing.join(' and no ')}`,
    'apt-get install --no-install-recommends zypper rpm',
  );
}

export function rootLine(recipeName: string): HostLine {
  if (geteuid?.() === 0) return there('root', 'yes');
  const why = 'building an image needs root, for loop devices, mounts and chroot';
  return lacks('root', 'not-root', why, `sudo ./make-recipe-target ${recipeName} target`);
}

export async function ramLine(): Promise<HostLine> {
  const text = await textOf('/proc/meminfo');
  const kilobytes = (field: string): number => Number(new RegExp(`^${field}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  const free = (kilobytes('MemAvailable') + kilobytes('SwapFree')) * 1024;
  const words = `${Math.floor(free / 1024 ** 2)} MiB available with swap`;
  if (free >= NEEDED_RAM_BYTES) return there('memory', words);
  return lacks(
    'memory',
    'host-unfit',
    `${words}, a build needs ${NEEDED_RAM_BYTES / 1024 ** 2} MiB`,
    'end what else runs here, or add swap',
  );
}

/** Loop devices: in a container there is often no `/dev/loop-control`, or a number that has no node. */
export async function loopLine(): Promise<HostLine> {
  const hint = 'on the host: modprobe loop; a container needs --privileged, or /dev/loop-control and /dev/loop* given to it';
  if (!(await exists('/dev/loop-control'))) {
    return lacks(
      'loop devices',
      'host-unfit',
      'there are no loop devices here (/dev/loop-control), and KIWI fills its file systems through one',
      hint,
    );
  }
  const next = await run(['losetup', '--find'], { timeoutMs: 5000 });
  const device = next.stdout.toString('utf8').trim();
  if (geteuid?.() !== 0) return there('loop devices', '/dev/loop-control');
  if (next.status === 'ok' && (await exists(device))) return there('loop devices', device);
  const why =
    next.status === 'ok' ? `the next free loop device, ${device}, has no node in /dev` : 'no loop device is free or may be used here';
  return lacks('loop devices', 'host-unfit', `${why}, and KIWI fills its file systems through one`, hint);
}

/** What the kernel must be able to do: its file systems, and a mount namespace of our own. */
export async function kernelLine(): Promise<HostLine> {
  const known = (await textOf('/proc/filesystems')).split('\n').map((line) => line.split('\t').at(-1));
  const lacking: string[] = [];
  for (const name of FILE_SYSTEMS) {
    if (known.includes(name)) continue;
    if ((await run(['modprobe', '--dry-run', '--quiet', name], { timeoutMs: 5000 })).status !== 'ok') lacking.push(name);
  }
  if (lacking.length > 0) {
    const why = `this kernel has no file system ${lacking.join(' and no ')}, and the image is made of one in the other`;
    return lacks('kernel', 'host-unfit', why, `modprobe ${lacking.join(' ')}, or a kernel that has it`);
  }
  if (geteuid?.() !== 0) return there('kernel', FILE_SYSTEMS.join(', '));
  const namespace = await run(['unshare', '--mount', '--propagation', 'private', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
    timeoutMs: 5000,
  });
  if (namespace.status === 'ok') return there('kernel', `${FILE_SYSTEMS.join(', ')}, mounts of its own`);
  const why = 'nothing may be mounted here, not even out of sight of others (unshare --mount)';
  return lacks('kernel', 'host-unfit', why, 'a container needs --privileged (CAP_SYS_ADMIN); or build in a virtual machine');
}
