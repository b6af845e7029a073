import { makeDirectory } from '../files/directories.ts';
import { exists } from '../files/files.ts';
import type { Argv, CommandOptions, CommandResult } from '../process/command.ts';
import { commandError } from '../process/command.ts';

export interface EfiVariablesDeps {
  run: (argv: Argv, options: CommandOptions) => Promise<CommandResult>;
  /** an empty directory that only root sees; made when it is missing */
  mountPoint: string;
}

const STEP_MS = 15_000;
const MODULE = 'efivarfs';
/** Its directory is there while the module is loaded. */
const LOADED = `/sys/module/${MODULE}`;

/**
 * Shows the firmware's variables, read-only, at a directory of ours for as long as `use` takes, and leaves the kernel without the file system
 * again. The image forbids the module so that nothing else, systemd first of all, mounts it read-write; `--ignore-install` goes past that line
 * of modprobe.d for this one module.
 * @throws ReconError `command-failed` when the module cannot be loaded or mounted
 */
export async function withEfiVariables<T>({ run, mountPoint }: EfiVariablesDeps, use: (path: string) => Promise<T>): Promise<T> {
  const wasLoaded = await exists(LOADED);
  await makeDirectory(mountPoint);
  if (!wasLoaded) await step(run, ['modprobe', '--ignore-install', MODULE]);
  try {
    await step(run, ['mount', '-t', 'efivarfs', '-o', 'ro,nosuid,nodev,noexec', 'efivarfs', mountPoint]);
    try {
      return await use(mountPoint);
    } finally {
      await run(['umount', mountPoint], { timeoutMs: STEP_MS });
    }
  } finally {
    if (!wasLoaded) await run(['rmmod', MODULE], { timeoutMs: STEP_MS });
  }
}

async function step(run: EfiVariablesDeps['run'], argv: Argv): Promise<void> {
  const result = await run(argv, { timeoutMs: STEP_MS });
  if (result.status !== 'ok') throw commandError(result);
}
