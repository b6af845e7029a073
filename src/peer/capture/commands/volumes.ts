import { parseLsblk } from '../../../inventory/tools/lsblk-json.ts';
import type { Argv } from '../../../platform/process/command.ts';
import { fileSafe, type PlannedCommand } from './plan.ts';

const DISK_MS = 45_000;
/** What mdadm can read, as lsblk names it: Linux' own arrays, and those of Intel's and the DDF standard's firmware. */
const MD_TYPES = new Set(['linux_raid_member', 'isw_raid_member', 'ddf_raid_member']);
const MOST_MEMBERS = 256;

/**
 * Asks what is written on the members of software RAID and volume groups that lsblk found. Both tools open the disks for reading only (seen
 * with strace), and neither has a driver here that could assemble or activate: drivers/md is not in the image.
 */
export function assembledStorage(lsblk: Buffer): PlannedCommand[] {
  const signatures = [...parseLsblk(lsblk).values()].flatMap((device) => device.signatures);
  const members = [...new Set(signatures.filter(({ type }) => MD_TYPES.has(type)).map(({ device }) => device))];
  return [
    ...members
      .filter((device) => /^[A-Za-z0-9!/]+$/.test(device))
      .slice(0, MOST_MEMBERS)
      .map(examine),
    ...(signatures.some(({ type }) => type === 'LVM2_member') ? LVM_REPORTS : []),
  ];
}

function examine(device: string): PlannedCommand {
  return {
    id: `mdadm-examine-${fileSafe(device.replaceAll('/', '!'))}`,
    timeoutMs: DISK_MS,
    argv: ['mdadm', '--examine', `/dev/${device.replaceAll('!', '/')}`],
  };
}

/** No list of devices, hints, backups or daemons: without these lines lvm would write some of them below /etc and /run. */
const LVM_CONFIG = [
  'devices { use_devicesfile=0 hints="none" multipath_component_detection=0 }',
  'backup { backup=0 archive=0 }',
  'activation { monitoring=0 }',
  'global { use_lvmpolld=0 use_lvmlockd=0 event_activation=0 }',
].join(' ');

const LVM_REPORTS: readonly PlannedCommand[] = [
  lvmReport('pvs', 'pv_name,pv_uuid,pv_size,pv_free,vg_name,vg_uuid'),
  lvmReport('vgs', 'vg_name,vg_uuid,vg_size,vg_free,vg_missing_pv_count'),
  lvmReport('lvs', 'vg_uuid,lv_name,lv_uuid,lv_size,lv_layout'),
];

/** `--readonly` takes no lock and reads the metadata of the disks alone; `--driverloaded n` forbids to speak to the device mapper. */
function lvmReport(report: string, columns: string): PlannedCommand {
  const quiet = ['--readonly', '--nolocking', '--driverloaded', 'n', '--config', LVM_CONFIG];
  const argv: Argv = ['lvm', report, ...quiet, '--reportformat', 'json', '--units', 'b', '--nosuffix', '-o', columns];
  // an empty system directory: lvm neither looks for settings nor makes /etc/lvm
  return { id: `lvm-${report}`, timeoutMs: DISK_MS, argv, environment: { LVM_SYSTEM_DIR: '', LVM_SUPPRESS_FD_WARNINGS: '1' } };
}
