import type { RaidController } from '../record/raid.ts';
import type { Disk } from '../record/storage.ts';

/**
 * Whether what Linux takes for a disk is a volume: what a RAID controller made of its drives, or a unit of a storage network. The controller's tool names it, its serial
 * number is that of the controller, or its model gives it away, unless `isKnownDrive` says that a controller passes it through as the drive it is.
 */
export function isVolumeDisk(disk: Disk, controllers: readonly RaidController[], isKnownDrive: () => boolean): boolean {
  const { name, paths = [], serial, vendor = '', model = '' } = disk;
  const names = new Set([name, ...paths]);
  const isNamed = controllers.some(({ virtualDrives }) => virtualDrives.some(({ device }) => names.has(deviceName(device) ?? '')));
  if (isNamed || isNetworkUnit(disk)) return true;
  const isOfController = serial !== undefined && controllers.some((controller) => controller.serial === serial);
  return (isOfController || (MODELS.test(`${vendor} ${model}`) && !HYPERVISORS.test(vendor))) && !isKnownDrive();
}

/** A unit that a storage network lends to the machine. */
export function isNetworkUnit({ transport }: Pick<Disk, 'transport'>): boolean {
  return ['fc', 'fcoe', 'iscsi'].includes(transport ?? '');
}

/** `/dev/sda` as `sda`. */
export function deviceName(device: string | undefined): string | undefined {
  return device?.replace(/^\/dev\//, '') || undefined;
}

/** Without the controller's own tool only the model of a volume gives it away. */
const MODELS = /\b(?:LOGICAL VOLUME|PERC|MegaRAID|ServeRAID|U?[PM]?RAID|Virtual Disk|DELLBOSS|BOSS-[SN]\d|NS204i)|^(?:\S+ )?MR\d/i;

/** What they call a virtual disk is the only disk that such a machine has. */
const HYPERVISORS = /^(?:VMware|Msft)/i;
