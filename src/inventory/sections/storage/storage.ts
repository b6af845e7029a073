import { machineDrives } from '../../../domain/drives/machine-drives.ts';
import type { PhysicalDrive, RaidController } from '../../../domain/record/raid.ts';
import type { Disk, StorageSection } from '../../../domain/record/storage.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import type { Readings } from '../../readings/readings.ts';
import type { SmartInfo } from '../../tools/smartctl/json.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { nonEmpty } from '../../values/non-empty.ts';
import { ok, type SectionResult } from '../../values/section.ts';
import { ownWwn } from '../../values/wwn.ts';
import { newControllers } from '../told/devices.ts';
import { sameControllers } from './controllers.ts';
import { hostAdapters } from './host-adapters.ts';

type ControllerReadings = Pick<Readings, 'storcli' | 'perccli' | 'megacli' | 'ssacli' | 'smartctlBehind' | 'mdadm' | 'lvm' | 'told'>;

/**
 * What stands behind and above the disks: RAID controllers, drives that they hide, software RAID, volume groups, FC and SAS adapters.
 * `disks` is that section of the record.
 */
export function normaliseStorage(
  { storcli, perccli, megacli, ssacli, smartctlBehind, mdadm, lvm, told }: ControllerReadings,
  files: CopiedFiles,
  disks: SectionResult<Disk[]>,
): SectionResult<StorageSection> {
  const described = sameControllers(storcli.controllers, perccli.controllers, megacli, ssacli);
  const controllers = sameControllers(described, newControllers(described, disks.status === 'ok' ? disks.data : [], told));
  const asked = smartctlBehind.flatMap(hiddenDrive);
  const behind = definedOnly<StorageSection>({
    controllers: nonEmpty(controllers.map((controller) => withSmart(controller, asked))),
    hiddenDrives: nonEmpty(
      asked.filter((drive) => !controllers.some((controller) => controller.physicalDrives.some((other) => isSame(other, drive)))),
    ),
  });
  const counted = machineDrives(disks.status === 'ok' ? disks.data : undefined, behind);
  const data = definedOnly<StorageSection>({
    diskCount: counted?.isCounted === true ? counted.drives.length : undefined,
    ...behind,
    softwareRaid: nonEmpty(mdadm),
    volumeGroups: nonEmpty(lvm),
    hostAdapters: nonEmpty(hostAdapters(files)),
    problems: nonEmpty([...storcli.problems, ...perccli.problems]),
  });
  return Object.keys(data).length > 0 ? ok(data) : { status: 'absent', reason: 'nothing was read of any controller, adapter or disk' };
}

/** A drive that smartctl reached through its controller. */
function hiddenDrive(smart: SmartInfo): PhysicalDrive[] {
  if (smart.model === undefined && smart.serial === undefined) return [];
  return [
    definedOnly<PhysicalDrive>({
      smartctlType: smart.deviceType,
      deviceId: /megaraid,(\d+)$/.exec(smart.deviceType ?? '')?.[1],
      vendor: meaningful(smart.vendor),
      model: meaningful(smart.model),
      serial: meaningfulIdentity(smart.serial),
      wwn: ownWwn(smart.wwn),
      firmware: meaningful(smart.firmware),
      sizeBytes: smart.sizeBytes,
      interface: smart.transport?.toUpperCase(),
      rotationRpm: smart.rotationRpm,
      ...smart.health,
    }),
  ];
}

function withSmart(controller: RaidController, asked: readonly PhysicalDrive[]): RaidController {
  return {
    ...controller,
    physicalDrives: controller.physicalDrives.map((drive) => ({ ...asked.find((other) => isSame(drive, other)), ...drive })),
  };
}

/** By serial number only: drives of two controllers may have the same number. */
function isSame(a: PhysicalDrive, b: PhysicalDrive): boolean {
  return a.serial !== undefined && a.serial === b.serial;
}
