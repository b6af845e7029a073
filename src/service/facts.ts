import { parseKernelArguments } from '../domain/kernel-arguments.ts';
import type { BootFacts } from '../domain/role.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { parseMac } from '../domain/values/mac.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { JOIN_FILE } from './join/join-network.ts';
import { mountSource } from './stick/mounts.ts';

/** Where dracut's dmsquash-live mounts the medium that the system booted from. */
export const LIVE_DIRECTORY = '/run/initramfs/live';

/** What this boot was: kernel arguments and medium, and whether another master was found since. */
export async function bootFacts(): Promise<BootFacts> {
  const commandLine = (await readOrUndefined('/proc/cmdline'))?.toString('utf8') ?? '';
  const mounts = (await readOrUndefined('/proc/mounts'))?.toString('utf8') ?? '';
  const joinPort = parseMac((await readOrUndefined(JOIN_FILE))?.toString('utf8').trim() ?? '');
  return {
    kernelArguments: parseKernelArguments(commandLine),
    bootDevice: mountSource(mounts, LIVE_DIRECTORY),
    ...definedOnly({ joinPort }),
  };
}
