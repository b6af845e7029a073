import type { RootedFiles } from '../../platform/files/rooted-files.ts';

/** Written by the initrd (note-ports.sh): its time in seconds since the kernel's start, then the ports that were on. */
const EARLY_PORTS = 'run/recon/early-ports';

/**
 * Since when these ports are on that nobody had to switch on just now, on the clock of `nowMs`: since the initrd, for those that it had. Now, where one appeared
 * later.
 */
export async function portsUpSince(files: RootedFiles, ports: readonly string[], nowMs: number): Promise<number> {
  const [noted = '', ...early] = (await textOf(files, EARLY_PORTS)).trim().split('\n');
  const aliveMs = (Number.parseFloat(await textOf(files, 'proc/uptime')) - Number.parseFloat(noted)) * 1000;
  return ports.every((port) => early.includes(port)) && aliveMs > 0 ? nowMs - aliveMs : nowMs;
}

async function textOf(files: RootedFiles, path: string): Promise<string> {
  return (await files.read(path, 4096))?.toString('latin1') ?? '';
}
