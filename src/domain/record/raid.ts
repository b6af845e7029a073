import { z } from 'zod';
import { health } from './disk-health.ts';
import { about, optional, text } from './section.ts';

const TOOLS = 'storcli, perccli, MegaCli or ssacli';
const DRIVE = `${TOOLS}, smartctl -d`;

/** A RAID controller's own view of a drive, or a drive that only smartctl reaches through a controller. */
export const PhysicalDrive = z.looseObject({
  enclosure: optional.text.meta(about('number or name of the enclosure', TOOLS)),
  slot: optional.text.meta(about('slot in it', TOOLS)),
  deviceId: optional.text.meta(about("the controller's number of the drive", DRIVE)),
  state: optional.text.meta(about('as the tool prints it: Onln, UGood, Online, Spun Up …', TOOLS)),
  driveGroup: optional.text.meta(about('drive group or array that it is a member of', TOOLS)),
  sizeText: optional.text.meta(about('as printed and rounded; TB are 1024^4 bytes, with ssacli 1000^4', TOOLS)),
  sizeBytes: optional.count.meta(about('only where the tool gives sectors or bytes', DRIVE)),
  interface: optional.text.meta(about('SAS, SATA, NVMe', DRIVE)),
  medium: optional.text.meta(about('HDD or SSD', TOOLS)),
  vendor: optional.text.meta(about('maker', DRIVE)),
  model: optional.text.meta(about('model', DRIVE)),
  serial: optional.text.meta(about('serial number', DRIVE)),
  wwn: optional.text.meta(about('World Wide Name', DRIVE)),
  firmware: optional.text.meta(about('firmware revision', DRIVE)),
  rotationRpm: optional.count.meta(about('speed of a disk that turns', 'smartctl -d rotation_rate')),
  ...health,
  predictiveFailures: optional.count.meta(about('warnings of the drive that the controller counted', `${TOOLS} Predictive Failure Count`)),
  otherErrors: optional.count.meta(about('other errors that the controller counted', `${TOOLS} Other Error Count`)),
  smartctlType: optional.text.meta(about('how smartctl reaches it: megaraid,14', 'smartctl --scan-open')),
});
export type PhysicalDrive = z.infer<typeof PhysicalDrive>;

/** A drive that only smartctl reaches: what a controller says of its drives, nobody said of it. */
export const HiddenDrive = PhysicalDrive.omit({
  ...{ enclosure: true, slot: true, state: true, driveGroup: true },
  ...{ sizeText: true, medium: true, predictiveFailures: true, otherErrors: true },
});

export const VirtualDrive = z.looseObject({
  id: text.meta(about("the controller's number of the volume", TOOLS)),
  driveGroup: optional.text.meta(about('drive group or array that it lies on', TOOLS)),
  level: optional.text.meta(about('RAID level, as printed; of MegaCli RAID1, RAID50 …', TOOLS)),
  state: optional.text.meta(about('as printed: Optl, Dgrd, OK …', TOOLS)),
  sizeText: optional.text.meta(about('size as printed and rounded; TB are 1024^4 bytes, with ssacli too', TOOLS)),
  sizeBytes: optional.count.meta(about('only where the tool gives sectors or bytes', TOOLS)),
  name: optional.text.meta(about('name that its owner gave it', TOOLS)),
  cache: optional.text.meta(about('cache policy, as printed', TOOLS)),
  device: optional.text.meta(about('kernel name of the disk that it is', TOOLS)),
});
export type VirtualDrive = z.infer<typeof VirtualDrive>;

const Battery = z.looseObject({
  model: optional.text.meta(about('model', TOOLS)),
  state: optional.text.meta(about('as printed: Optimal, OK, Failed …', TOOLS)),
  temperatureCelsius: z.number().exactOptional().meta(about('temperature', TOOLS)),
});

export const RaidController = z.looseObject({
  id: text.meta(about("the tool's number or slot of the controller", TOOLS)),
  tool: text.meta(about('tool that described it', TOOLS)),
  model: optional.text.meta(about('model', TOOLS)),
  serial: optional.text.meta(about('serial number', TOOLS)),
  firmware: optional.text.meta(about('firmware version', TOOLS)),
  firmwarePackage: optional.text.meta(about('version of the firmware package', 'storcli, perccli FW Package Build')),
  biosVersion: optional.text.meta(about('version of its boot BIOS', 'storcli, perccli BIOS Version')),
  driver: optional.text.meta(about('driver and its version', TOOLS)),
  sasAddress: optional.text.meta(about('SAS address', 'storcli, perccli SAS Address')),
  pciAddress: optional.text.meta(about('domain:bus:device.function', TOOLS)),
  health: optional.text.meta(about('as printed: Optimal, OK, Needs Attention …', TOOLS)),
  battery: Battery.exactOptional().meta(about('battery or capacitor of the cache', TOOLS)),
  foreignDrives: optional.count.meta(about('drives with a configuration of another controller', 'storcli, perccli')),
  virtualDrives: z.array(VirtualDrive).meta(about('RAID volumes', TOOLS)),
  physicalDrives: z.array(PhysicalDrive).meta(about('drives behind the controller', TOOLS)),
});
export type RaidController = z.infer<typeof RaidController>;
