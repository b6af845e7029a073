import { namesIn } from '../../platform/files/directories.ts';
import { diskDrivers } from '../../platform/machine/block-drivers.ts';
import { diskPaths } from '../../platform/machine/disk-paths.ts';
import { runOk } from '../../platform/process/command.ts';
import { type Disks, OFFER_COLUMNS, offeredDisks } from './disks.ts';

/** The disks of this machine as they are now. It only reads. @throws ReconError `command-failed` */
export async function lookForDisks(bootDevice: string): Promise<Disks> {
  const lsblk = await runOk(['lsblk', '--json', '--list', '--bytes', '--output', OFFER_COLUMNS], { timeoutMs: 60_000 });
  const drivers = new Map<string, string[]>();
  for (const name of await namesIn('/sys/class/block')) drivers.set(name, await diskDrivers(name));
  return offeredDisks({ lsblk, bootDevice, paths: await diskPaths(), drivers });
}
