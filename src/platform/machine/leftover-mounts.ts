import { readFile } from 'node:fs/promises';
import { run } from '../process/command.ts';

/**
 * Unmounts what is mounted below a directory, and takes down the loop devices of files there: what programs have left that were killed. Gives the
 * mount points that stayed, which nobody may remove the directory from under.
 */
export async function clearLeftoverMounts(directory: string): Promise<string[]> {
  for (const point of mountPointsBelow(await mountTable(), directory)) {
    const ended = await run(['umount', point], { timeoutMs: 60_000 });
    if (ended.status !== 'ok') await run(['umount', '--lazy', point], { timeoutMs: 60_000 });
  }
  const loops = await run(['losetup', '--list', '--noheadings', '--raw', '--output', 'NAME,BACK-FILE'], { timeoutMs: 60_000 });
  for (const device of loopsBelow(loops.stdout.toString('utf8'), directory))
    await run(['losetup', '--detach', device], { timeoutMs: 60_000 });
  return mountPointsBelow(await mountTable(), directory);
}

/** The mount points below a directory, from /proc/self/mountinfo (proc_pid_mountinfo(5)), the innermost first. Pure. */
export function mountPointsBelow(mountInfo: string, directory: string): string[] {
  const points = mountInfo.split('\n').map((line) => unescaped(line.split(' ')[4] ?? ''));
  // later mounts lie on earlier ones
  return points.filter((point) => point.startsWith(`${directory}/`)).reverse();
}

/** The loop devices whose file lies below a directory, also when it was removed meanwhile, from `losetup --raw --output NAME,BACK-FILE`. Pure. */
export function loopsBelow(listing: string, directory: string): string[] {
  return listing.split('\n').flatMap((line) => {
    const [, device = '', file = ''] = /^(\S+) (.*)$/.exec(line.trim()) ?? [];
    return unescaped(file).startsWith(`${directory}/`) ? [device] : [];
  });
}

/** The kernel writes blanks as `\040`, losetup as `\x20`. */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})|\\x([0-9a-f]{2})/g, (_, octal: string | undefined, hexadecimal: string) =>
    String.fromCodePoint(octal === undefined ? Number.parseInt(hexadecimal, 16) : Number.parseInt(octal, 8)),
  );
}

async function mountTable(): Promise<string> {
  return readFile('/proc/self/mountinfo', 'utf8');
}
