import { isDiskName, isParavirtualDisk } from '../../domain/values/block-device.ts';
import type { RootedFiles } from '../../platform/files/rooted-files.ts';
import type { CaptureDevices } from './commands/plan.ts';

/** Finds the devices that have commands of their own, from /sys and /dev alone: no tool has to work for that. */
export async function findCaptureDevices(files: RootedFiles): Promise<CaptureDevices> {
  return {
    interfaces: await filterAsync(await files.list('sys/class/net'), async (name) =>
      isHardware(await files.resolve(`sys/class/net/${name}`)),
    ),
    smartDisks: await filterAsync(await files.list('sys/block'), (name) => hasSmart(files, name)),
    nvmeControllers: (await files.list('sys/class/nvme')).filter((name) => /^nvme\d+$/.test(name)),
    enclosures: (await files.list('sys/class/enclosure')).filter((name) => /^\d+:\d+:\d+:\d+$/.test(name)),
    infinibandDevices: await files.list('sys/class/infiniband'),
    usbDevices: await files.list('sys/bus/usb/devices'),
    hasIpmi:
      (await filterAsync(['dev/ipmi0', 'dev/ipmi/0', 'dev/ipmidev/0'], async (path) => (await files.resolve(path)) !== undefined)).length >
      0,
  };
}

/** Bridges, bonds, veth and loopback lie below /sys/devices/virtual. */
function isHardware(path: string | undefined): boolean {
  return path !== undefined && !path.includes('/virtual/');
}

/** Optical drives and virtual floppies have no SMART, nor has a drive without a medium, whose size is zero. */
async function hasSmart(files: RootedFiles, name: string): Promise<boolean> {
  if (!isDiskName(name) || isParavirtualDisk(name)) return false;
  const sectors = Number((await files.read(`sys/block/${name}/size`, 64))?.toString('latin1'));
  const path = await files.resolve(`sys/block/${name}`);
  return sectors > 0 && (path?.includes('/nvme-subsystem/') === true || isHardware(path));
}

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const flags = await Promise.all(items.map(keep));
  return items.filter((_, at) => flags[at]);
}
