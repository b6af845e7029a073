import { STICK_SERIAL } from '../../checks/record-matches-machine.ts';
import { type GuestDevice, type GuestReport, guestDevices } from '../guest/guest-report.ts';

/** Findings in what the guest says of itself: nothing assembled, activated, swapped on or mounted, and every disk set read-only. */
export function findGuestTrouble(report: GuestReport): string[] {
  const devices = guestDevices(report);
  return [
    ...report.mdstat.filter((line) => /^md/.test(line)).map((line) => `/proc/mdstat is not empty: ${line}`),
    ...report.swaps.slice(1).map((line) => `/proc/swaps is not empty: ${line}`),
    // dmsetup(8): name, first sector, sectors, target; without the driver it says other things
    ...report.mapper.filter((line) => /^\S+: \d+ \d+ \w/.test(line)).map((line) => `the device mapper has ${line}`),
    ...report.pstore
      .filter((line) => !/^\(null\)$|No such file/.test(line))
      .map((line) => `crash records of the kernel would go to ${line}`),
    ...findMounts(report, devices),
    ...findWritable(devices),
    ...(devices.some(isDisk) ? [] : ['the guest lists none of the disks: its report proves nothing']),
  ];
}

/** The names of the stick's own devices. */
export function stickDevices(report: GuestReport): string[] {
  return guestDevices(report).flatMap(({ name, serial }) => (serial === STICK_SERIAL ? [name] : []));
}

function findMounts({ mounts, loops }: GuestReport, devices: readonly GuestDevice[]): string[] {
  const strange = new Map(devices.filter(isDisk).map(({ name, serial }) => [`/dev/${name}`, serial]));
  const mounted = mounts.flatMap((line) => {
    // proc_pid_mountinfo(5): the mount point is field 5, the source stands second behind the dash
    const [before = '', after = ''] = line.split(' - ');
    const [, source = ''] = after.split(' ');
    const serial = strange.get(source);
    return serial === undefined ? [] : [`${source} (${serial}) is mounted on ${before.split(' ')[4]}`];
  });
  const looped = loops
    .filter((line) => [...strange.keys()].some((name) => line.endsWith(name.replace('/dev', ''))))
    .map((line) => `a loop device uses ${line}`);
  return [...mounted, ...looped];
}

/** The stick of a master stays writable. */
function findWritable(devices: readonly GuestDevice[]): string[] {
  return devices
    .filter((device) => isDisk(device) && !device.isReadOnly)
    .map(({ name, serial }) => `/dev/${name} (${serial}) is not set read-only`);
}

function isDisk({ serial }: GuestDevice): boolean {
  return serial.startsWith('MTRX');
}
