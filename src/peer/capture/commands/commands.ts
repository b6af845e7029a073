import { NO_GPU, NO_SMART, NO_SMBIOS } from './absent-words.ts';
import { BMC_COMMANDS } from './bmc.ts';
import { withoutProcesses } from './gpu-fields.ts';
import { NETWORK_COMMANDS } from './network.ts';
import type { CommandRule } from './plan.ts';
import { isSmartctlAnswer, STORAGE_COMMANDS } from './storage.ts';
import { assembledStorage } from './volumes.ts';

/** A command without an end after this time has none. */
const QUICK_MS = 15_000;
/** Disks may have to spin up, and a failing one retries. */
const DISK_MS = 45_000;

/**
 * Every command of the capture. All of them read: no self-test, no setting, nothing that changes a device, and for IPMI only
 * what is listed here (test/peer/capture/commands/commands.test.ts holds the allow-list). A new source of facts is one more row.
 */
export const CAPTURE_COMMANDS: readonly CommandRule[] = [
  { id: 'dmidecode', timeoutMs: QUICK_MS, argv: ['dmidecode'], absentWhen: NO_SMBIOS },
  { id: 'lscpu', timeoutMs: QUICK_MS, argv: ['lscpu', '-J'] },
  { id: 'lsblk', timeoutMs: DISK_MS, argv: ['lsblk', '--json', '--bytes', '--output-all'], followUp: assembledStorage },
  { id: 'lspci', timeoutMs: QUICK_MS, argv: ['lspci', '-Dvmmnnk'] },
  // these two are not in the image: where the operator added them with their drivers
  { part: 'brought', id: 'nvidia-smi', timeoutMs: DISK_MS, argv: ['nvidia-smi', '-q', '-x'], keep: withoutProcesses, absentWhen: NO_GPU },
  { part: 'brought', id: 'rocm-smi', timeoutMs: DISK_MS, argv: ['rocm-smi', '-a', '--json'], absentWhen: NO_GPU },
  // it ends with 1 where there is nothing to list
  { id: 'lsusb', timeoutMs: QUICK_MS, argv: ['lsusb'], needs: 'usbDevices' },
  { id: 'nvme-list', timeoutMs: DISK_MS, argv: ['nvme', 'list', '-o', 'json'], needs: 'nvmeControllers' },
  {
    id: 'smartctl',
    timeoutMs: DISK_MS,
    each: 'smartDisks',
    argv: (name) => ['smartctl', '--json=c', '-i', '-A', '-H', '-l', 'error', '-l', 'devstat', '-l', 'ssd', devicePath(name)],
    isOk: isSmartctlAnswer,
    absentWhen: NO_SMART,
  },
  { id: 'nvme-id-ctrl', timeoutMs: DISK_MS, each: 'nvmeControllers', argv: (name) => ['nvme', 'id-ctrl', devicePath(name), '-o', 'json'] },
  {
    id: 'nvme-smart-log',
    timeoutMs: DISK_MS,
    each: 'nvmeControllers',
    argv: (name) => ['nvme', 'smart-log', devicePath(name), '-o', 'json'],
  },
  ...STORAGE_COMMANDS,
  // behind the disks: some of these wait for links, and only so many commands run side by side
  ...NETWORK_COMMANDS,
  ...BMC_COMMANDS,
];

/** sysfs writes a slash in a device name as `!` (`cciss!c0d0` is /dev/cciss/c0d0). */
function devicePath(name: string): string {
  return `/dev/${name.replaceAll('!', '/')}`;
}
