import { type Argv, type CommandOptions, type CommandResult, run } from './command.ts';

/** What mount(8) and umount(8) need, and no more: nothing of the network, no code of their own making, nobody else's rights. */
export const MOUNT_PROPERTIES = [
  // a stick is also unmounted on the way down, when what has these dependencies cannot be started
  'DefaultDependencies=no',
  'CapabilityBoundingSet=CAP_SYS_ADMIN CAP_DAC_OVERRIDE',
  'NoNewPrivileges=yes',
  'RestrictAddressFamilies=AF_UNIX',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'MemoryDenyWriteExecute=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service @mount',
  'IPAddressDeny=any',
  'UMask=0077',
] as const;

/**
 * Runs a program in the mount namespace of systemd, where everybody sees what it mounts: from a unit with a namespace of its own nobody would. It is a
 * unit for a moment, whose output and exit code come back as of a child; the result names the program alone. Needs D-Bus.
 */
export async function runInHostMounts(argv: Argv, options: CommandOptions): Promise<CommandResult> {
  return { ...(await run(inHostMounts(argv), options)), argv };
}

function inHostMounts(argv: Argv): Argv {
  return ['systemd-run', '--quiet', '--wait', '--pipe', '--collect', ...MOUNT_PROPERTIES.map((one) => `--property=${one}`), '--', ...argv];
}
