import { csvLine } from '../../../domain/values/csv-line.ts';
import type { LeaveOut, TextFormat } from '../format.ts';
import { installDisk } from '../install-disk.ts';
import type { ExportMachine } from '../machine.ts';
import { reachableAddress } from '../reachable-bmcs.ts';
import { IPV4, IPV4_LIST, LABELS, NETMASK, TARGET_DISK, WORD } from '../setting-values.ts';

/** The order of EKS Anywhere's own example. */
export const TINKERBELL_COLUMNS = [
  ...['hostname', 'bmc_ip', 'bmc_username', 'bmc_password', 'mac', 'ip_address', 'netmask', 'gateway', 'nameservers', 'labels', 'disk'],
];

/**
 * hardware.csv of EKS Anywhere on bare metal, which makes Tinkerbell's objects of it. CSV there has no comments: that the column of the password is
 * empty is said beside the file, and EKS Anywhere refuses a BMC with a user and without a password.
 */
export const TINKERBELL: TextFormat = {
  name: 'tinkerbell',
  about: 'hardware.csv, for EKS Anywhere and Tinkerbell; needs --first-address',
  shape: 'file',
  needsAddresses: true,
  keys: [
    { name: 'netmask', about: 'netmask of the machines, such as 255.255.255.0 (needed)', value: NETMASK, isNeeded: true },
    { name: 'gateway', about: 'their router (needed)', value: IPV4, isNeeded: true },
    { name: 'nameservers', about: 'their name servers, with a bar between (needed)', value: IPV4_LIST, isNeeded: true },
    { name: 'disk', about: 'where the system goes: smallest, or a device such as /dev/sda (needed)', value: TARGET_DISK, isNeeded: true },
    { name: 'labels', about: 'labels of each machine, such as type=cp or type=worker|row=7 (default: none)', value: LABELS },
    { name: 'bmc-user', about: 'user of the BMCs; type the passwords into the file (default: no BMC at all)', value: WORD },
  ],
  async *write(machines, _visit, leaveOut, { settings }) {
    const file = 'hardware.csv';
    yield { file, text: csvLine(TINKERBELL_COLUMNS) };
    for await (const machine of machines) {
      const disk = installDisk(machine, settings['disk'] ?? '');
      if (disk === undefined) {
        leaveOut('a machine without the disk that --set disk names');
        continue;
      }
      const { netmask, gateway, nameservers, labels = '' } = settings;
      const net = [machine.mac, machine.address, netmask, gateway, nameservers];
      yield { file, text: csvLine([machine.name, ...bmcCells(machine, settings['bmc-user'], leaveOut), ...net, labels, disk.device]) };
    }
  },
};

function bmcCells(machine: ExportMachine, user: string | undefined, leaveOut: LeaveOut): [string, string, string] {
  if (user === undefined) return ['', '', ''];
  const address = reachableAddress(machine);
  if (address === undefined) {
    leaveOut('the BMC of a machine that has none with an address of its own (its row is there, without it)');
    return ['', '', ''];
  }
  leaveOut('the password of a BMC: type it into the column bmc_password');
  return [address, user, ''];
}
