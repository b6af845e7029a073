import { parseKernelArguments } from '../domain/kernel-arguments.ts';
import type { BootFacts } from '../domain/role.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { mountSource } from './stick/mounts.ts';

/** Where dracut's dmsquash-live mounts the medium that the system booted from. */
export const LIVE_DIRECTORY = '/run/initramfs/live';

/** What this boot was: kernel arguments and medium. */
export async function bootFacts(): Promise<BootFacts> {
  const commandLine = (await readOrUndefined('/proc/cmdline'))?.toString('utf8') ?? '';
  const mounts = (await readOrUndefined('/proc/mounts'))?.toString('utf8') ?? '';
  return { kernelArguments: parseKernelArguments(commandLine), bootDevice: mountSource(mounts, LIVE_DIRECTORY) };
}
