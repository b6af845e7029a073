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
    // smartctl(8), EXIT STATUS: bits 0 and 1 say that nothing was read, the others describe the disk
    isOk: (exitCode) => (exitCode & 0b11) === 0,
  },
  { id: 'nvme-id-ctrl', timeoutMs: DISK_MS, each: 'nvmeControllers', argv: (name) => ['nvme', 'id-ctrl', devicePath(name), '-o', 'json'] },
  {
    id: 'nvme-smart-log',
    timeoutMs: DISK_MS,
    each: 'nvmeControllers',
    argv: (name) => ['nvme', 'smart-log', devicePath(name), '-o', 'json'],
  },
  { id: 'ipmi-mc-info', timeoutMs: BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'mc', 'info'] },
  { id: 'ipmi-lan-print', timeoutMs: BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'lan', 'print', '1'], keep: onlyLanFields },
  { id: 'ipmi-fru-print', timeoutMs: 2 * BMC_MS, lane: 'ipmi', argv: ['ipmitool', '-I', 'open', 'fru', 'print'] },
];

/** sysfs writes a slash in a device name as `!` (`cciss!c0d0` is /dev/cciss/c0d0). */
function devicePath(name: string): string {
  return `/dev/${name.replaceAll('!', '/')}`;
}
