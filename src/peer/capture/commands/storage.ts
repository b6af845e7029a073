import { hiddenDrives } from '../../../inventory/tools/smartctl/scan.ts';
import type { Argv } from '../../../platform/process/command.ts';
import { NO_CONTROLLER } from './absent-words.ts';
import type { CommandRule, PlannedCommand } from './plan.ts';

const DISK_MS = 45_000;
/** A controller asks all its drives. */
const RAID_MS = 90_000;

/** smartctl(8), EXIT STATUS: bits 0 and 1 say that nothing was read, the others describe the disk. */
export const isSmartctlAnswer = (exitCode: number): boolean => (exitCode & 0b11) === 0;

/**
 * Disks behind controllers and in enclosures. The vendors' tools are not in the image; they are used where the operator has put them on the
 * stick (operator-tools.ts), with `show` and nothing else, and with `nolog` because they write a log into the working directory.
 */
export const STORAGE_COMMANDS: readonly CommandRule[] = [
  { id: 'smartctl-scan', timeoutMs: DISK_MS, argv: ['smartctl', '--json=c', '--scan-open'], followUp: askHiddenDrives },
  { id: 'sg-ses', timeoutMs: DISK_MS, each: 'enclosures', argv: (address) => ['sg_ses', '--readonly', '--join', `/dev/bsg/${address}`] },
  ...raidTool('storcli', 'storcli64'),
  ...raidTool('perccli', 'perccli64'),
  {
    part: 'brought',
    id: 'ssacli',
    timeoutMs: RAID_MS,
    lane: 'raid',
    argv: ['ssacli', 'ctrl', 'all', 'show', 'config', 'detail'],
    absentWhen: NO_CONTROLLER,
  },
];

function raidTool(id: string, program: string): CommandRule[] {
  const row = (name: string, ...what: string[]): CommandRule => {
    const argv: Argv = [program, ...what, 'J', 'nolog'];
    return { part: 'brought', id: `${id}-${name}`, timeoutMs: RAID_MS, lane: 'raid', argv, absentWhen: NO_CONTROLLER };
  };
  return [
    row('controllers', '/call', 'show', 'all'),
    row('volumes', '/call/vall', 'show', 'all'),
    row('drives', '/call/eall/sall', 'show', 'all'),
    // drives on a cable, without an enclosure, answer to this one only
    row('drives-direct', '/call/sall', 'show', 'all'),
  ];
}

function askHiddenDrives(scan: Buffer): PlannedCommand[] {
  return hiddenDrives(scan).map(({ path, type }) => ({
    id: `smartctl-behind-${`${type}-${path.slice('/dev/'.length)}`.replaceAll(/[^a-z0-9]+/gi, '-')}`,
    timeoutMs: DISK_MS,
    argv: ['smartctl', '--json=c', '-i', '-A', '-H', '-l', 'error', '-l', 'devstat', '-l', 'ssd', '-d', type, path],
    isOk: isSmartctlAnswer,
  }));
}
