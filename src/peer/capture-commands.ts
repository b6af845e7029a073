import { isSmartctlAnswer, STORAGE_COMMANDS } from './capture-commands-storage.ts';
import { onlyLanFields } from './capture-lan-fields.ts';
import type { CommandRule } from './capture-plan.ts';

/** A command without an end after this time has none. */
const QUICK_MS = 15_000;
/** Disks may have to spin up, and a failing one retries. */
const DISK_MS = 45_000;
/** BMCs answer slowly: a FRU print of a blade can take a minute. */
const BMC_MS = 30_000;

/**
 * Every command of the capture. All of them read: no self-test, no setting, nothing that changes a device, and for IPMI only
 * what is listed here (test/peer/capture-commands.test.ts holds the allow-list). A new source of facts is one more row.
 */
export const CAPTURE_COMMANDS: readonly CommandRule[] = [
  { id: 'dmidecode', timeoutMs: QUICK_MS, argv: ['dmidecode'] },
  { id: 'lscpu', timeoutMs: QUICK_MS, argv: ['lscpu', '-J'] },
  { id: 'lsblk', timeoutMs: DISK_MS, argv: ['lsblk', '--json', '--bytes', '--output-all'] },
  { id: 'lspci', timeoutMs: QUICK_MS, argv: ['lspci', '-Dvmmnnk'] },
  // not in the image: where the operator added it with its driver
  { id: 'nvidia-smi', timeoutMs: DISK_MS, argv: ['nvidia-smi', '-q', '-x'] },
  { id: 'lsusb', timeoutMs: QUICK_MS, argv: ['lsusb'] },
  { id: 'ip-address', timeoutMs: QUICK_MS, argv: ['ip', '-json', '-details', 'address'] },
  { id: 'ip-link', timeoutMs: QUICK_MS, argv: ['ip', '-json', '-details', 'link'] },
  { id: 'lldpctl', timeoutMs: QUICK_MS, argv: ['lldpctl', '-f', 'json'] },
  { id: 'nvme-list', timeoutMs: DISK_MS, argv: ['nvme', 'list', '-o', 'json'] },
  { id: 'ethtool', timeoutMs: QUICK_MS, each: 'interfaces', argv: (name) => ['ethtool', name] },
  { id: 'ethtool-driver', timeoutMs: QUICK_MS, each: 'interfaces', argv: (name) => ['ethtool', '-i', name] },
  { id: 'ethtool-permanent', timeoutMs: QUICK_MS, each: 'interfaces', argv: (name) => ['ethtool', '-P', name] },
  {
    id: 'smartctl',
    timeoutMs: DISK_MS,
    each: 'smartDisks',
    argv: (name) => ['smartctl', '--json=c', '-i', '-A', '-H', '-l', 'error', devicePath(name)],
    isOk: isSmartctlAnswer,
  },
  { id: 'nvme-id-ctrl', timeoutMs: DISK_MS, each: 'nvmeControllers', argv: (name) => ['nvme', 'id-ctrl', devicePath(name), '-o', 'json'] },
  {
    id: 'nvme-smart-log',
    timeoutMs: DISK_MS,
    each: 'nvmeControllers',
    argv: (name) => ['nvme', 'smart-log', devicePath(name), '-o', 'json'],
  },
  ...STORAGE_COMMANDS,
  { id: 'ethtool-module', timeoutMs: QUICK_MS, each: 'interfaces', argv: (name) => ['ethtool', '-m', name] },
  { id: 'ibstat', timeoutMs: QUICK_MS, argv: ['ibstat'] },
  { id: 'ipmi-mc-info', timeoutMs: BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'mc', 'info'] },
  { id: 'ipmi-lan-print', timeoutMs: BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'lan', 'print', '1'], keep: onlyLanFields },
  { id: 'ipmi-fru-print', timeoutMs: 2 * BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'fru', 'print'] },
  { id: 'ipmi-user-summary', timeoutMs: BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'user', 'summary'] },
  { id: 'ipmi-sel-info', timeoutMs: BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'sel', 'info'] },
  { id: 'ipmi-sdr', timeoutMs: 2 * BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'sdr', 'elist', 'full'] },
  { id: 'ipmi-sel-elist', timeoutMs: 2 * BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'sel', 'elist', 'last', '200'] },
  // vendors number LAN channels as they like; one that is not there answers at once
  {
    id: 'ipmi-lan-print-2',
    timeoutMs: BMC_MS,
    lane: 'ipmi',
    argv: ['ipmitool', '-I', 'open', 'lan', 'print', '2'],
    keep: onlyLanFields,
  },
  {
    id: 'ipmi-lan-print-3',
    timeoutMs: BMC_MS,
    lane: 'ipmi',
    argv: ['ipmitool', '-I', 'open', 'lan', 'print', '3'],
    keep: onlyLanFields,
  },
  {
    id: 'ipmi-lan-print-8',
    timeoutMs: BMC_MS,
    lane: 'ipmi',
    argv: ['ipmitool', '-I', 'open', 'lan', 'print', '8'],
    keep: onlyLanFields,
  },
];

/** sysfs writes a slash in a device name as `!` (`cciss!c0d0` is /dev/cciss/c0d0). */
function devicePath(name: string): string {
  return `/dev/${name.replaceAll('!', '/')}`;
}
