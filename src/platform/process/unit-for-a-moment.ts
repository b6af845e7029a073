import { type Argv, type CommandOptions, type CommandResult, run } from './command.ts';

/** What every program of these units may be forbidden: the network, code of its own making, rights of others. */
const FORBIDDEN = [
  'NoNewPrivileges=yes',
  'RestrictAddressFamilies=AF_UNIX',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'MemoryDenyWriteExecute=yes',
  'SystemCallArchitectures=native',
  'IPAddressDeny=any',
  'UMask=0077',
] as const;

/** What of the rest needs no mount namespace: calls that no short program of root makes, other devices than are named, clock and names. */
const FORBIDDEN_IN_HOST_MOUNTS = [
  'SystemCallFilter=~@privileged @resources',
  // a call that another version makes fails, and ends nobody
  'SystemCallErrorNumber=EPERM',
  'DevicePolicy=closed',
  'ProtectClock=yes',
  'ProtectHostname=yes',
] as const;

/**
 * What mount(8) and umount(8) need, and no more: the devices of file systems, all of which are root's own. A network of its own would bring a mount
 * namespace from systemd 253 on, but for the word against it.
 */
export const MOUNT_PROPERTIES = [
  // a stick is also unmounted on the way down, when what has these dependencies cannot be started
  'DefaultDependencies=no',
  'CapabilityBoundingSet=CAP_SYS_ADMIN',
  'SystemCallFilter=@system-service @mount',
  ...FORBIDDEN_IN_HOST_MOUNTS,
  'DeviceAllow=block-* rw',
  'DeviceAllow=/dev/loop-control rw',
  'PrivateNetwork=yes',
  'PrivateMounts=no',
  ...FORBIDDEN,
] as const;

/** What modprobe(8) and rmmod(8) need, and no more. */
export const MODULE_PROPERTIES = [
  'CapabilityBoundingSet=CAP_SYS_MODULE',
  'SystemCallFilter=@system-service @module',
  'PrivateNetwork=yes',
  'PrivateDevices=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  ...FORBIDDEN,
] as const;

/** What ipmitool(1) needs to ask the BMC of this machine, and no more. */
export const BMC_PROPERTIES = [
  'CapabilityBoundingSet=',
  'SystemCallFilter=@system-service',
  'DevicePolicy=closed',
  'DeviceAllow=char-ipmidev rw',
  'PrivateNetwork=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  ...FORBIDDEN,
] as const;

/**
 * What has the BMC cut the power of a machine that does not go down. A shutdown stops every unit and kills every process that is left; these settings
 * except this one (systemd.unit(5), SurviveFinalKillSignal= since systemd 255). The journal is gone by then, and writing to it would end us: /dev/kmsg
 * stays. It tells the master; its token is another user's (DAC_OVERRIDE). No namespace: what it holds would be in the way of a shutdown.
 */
export const CUT_PROPERTIES = [
  'DefaultDependencies=no',
  'IgnoreOnIsolate=yes',
  'SurviveFinalKillSignal=yes',
  'StandardOutput=file:/dev/kmsg',
  'StandardError=file:/dev/kmsg',
  'CapabilityBoundingSet=CAP_DAC_OVERRIDE',
  'NoNewPrivileges=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service @pkey',
  ...FORBIDDEN_IN_HOST_MOUNTS,
  'DeviceAllow=char-ipmidev rw',
  'DeviceAllow=/dev/kmsg rw',
  'UMask=0077',
] as const;

/**
 * Runs mount(8) or umount(8) in the mount namespace of systemd, where everybody sees what it mounts: from a unit with a namespace of its own nobody
 * would; and modprobe(8) or rmmod(8), which such a unit may not run. Throws and gives as {@link inUnit}.
 */
export async function runInHostMounts(argv: Argv, options: CommandOptions): Promise<CommandResult> {
  return inUnit(argv, /^(modprobe|rmmod)$/.test(argv[0]) ? MODULE_PROPERTIES : MOUNT_PROPERTIES, options);
}

/**
 * Has systemd run a program as a unit for a moment, with these settings and outside of our own. Its output and exit code come back as of a child; the
 * result names the program alone. Needs D-Bus. Never throws, as {@link run}.
 */
export async function inUnit(argv: Argv, properties: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const settings = properties.map((one) => `--property=${one}`);
  return { ...(await run(['systemd-run', '--quiet', '--wait', '--pipe', '--collect', ...settings, '--', ...argv], options)), argv };
}
