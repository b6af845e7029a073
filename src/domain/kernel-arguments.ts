import { ARCHITECTURES, type Architecture, USUAL_ARCHITECTURE } from './values/architecture.ts';

/**
 * Kernel arguments that keep a live Linux from changing the machine: no assembly of RAID, LVM, LUKS, no resume, no swap, no
 * fstab, no NVRAM writes, no network storage. Sources: dracut.cmdline(7), systemd-gpt-auto-generator(8), kernel-parameters.txt.
 */
export const GUARD_ARGUMENTS = [
  'rd.auto=0',
  'rd.lvm=0',
  'rd.md=0',
  'rd.md.imsm=0',
  'rd.md.ddf=0',
  'rd.dm=0',
  'rd.luks=0',
  'rd.multipath=0',
  'rd.nonvmf=1',
  'noresume',
  'nohibernate',
  'systemd.swap=0',
  'systemd.gpt_auto=0',
  'rd.systemd.gpt_auto=0',
  'fstab=no',
  'rd.fstab=0',
  'efi_pstore.pstore_disable=1',
  'erst_disable',
  'modprobe.blacklist=md_mod,raid0,raid1,raid10,raid456,dm_raid,dm_mirror,dm_snapshot,dm_thin_pool,dm_cache,bcache,zfs',
] as const;

/** Consoles of every boot: the screen, and the serial ports of the architecture. */
export function consoleArguments(architecture: Architecture = USUAL_ARCHITECTURE): string[] {
  return ['console=tty0', ...ARCHITECTURES[architecture].serial.map((port) => `console=${port},115200n8`)];
}

/**
 * Of a peer: the kernel's notices and worse on the consoles, and not each device that it finds. A serial port is written at 11.5 kB a second, and the kernel waits for
 * it: 45 kB on two of them are 8 s. All of it is in the ring buffer.
 */
export const PEER_LOG_ARGUMENT = 'loglevel=6';

/** The root is a squashfs in RAM or on the stick under a tmpfs overlay: nothing is ever written below it. */
export const LIVE_ARGUMENTS = ['rd.live.image', 'rd.live.overlay.overlayfs=1'] as const;

/** Tells a peer that no machine before it has heard a switch, so that it listens for a moment only. */
export const QUIET_ARGUMENT = 'recon.lldp=quiet';

/** With it a system from a stick copies the stick onto a disk that a person chooses, and does nothing else. */
export const INSTALL_ARGUMENT = 'recon.install=1';

/** Arguments that must never be on one of our command lines, because the code behind them writes to disks. */
export const FORBIDDEN_ARGUMENTS = [
  /^rd\.live\.overlay\.persistent/,
  /^rd\.live\.overlay=/,
  /^rd\.kiwi\.live\.system/,
  /^rd\.writable\.fsimg/,
  /^iso-scan/,
  /^rd\.live\.overlay\.cowfs/,
] as const;

/** Parses `/proc/cmdline` into a map; a bare word maps to an empty string, the last of two equal keys wins. */
export function parseKernelArguments(commandLine: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of commandLine.trim().split(/\s+/)) {
    if (word === '') continue;
    const at = word.indexOf('=');
    if (at < 0) found.set(word, '');
    else found.set(word.slice(0, at), word.slice(at + 1));
  }
  return found;
}
