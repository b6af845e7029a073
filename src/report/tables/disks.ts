import type { PhysicalDrive } from '../../domain/record/raid.ts';
import type { Disk, StorageSection } from '../../domain/record/storage.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { drivePlace, type TableDisk } from '../columns/disks.ts';

/** The disks of the system, then the drives that a RAID controller hides; a drive that both show is there once. */
export function tableDisks(disks: readonly Disk[] | undefined, storage: StorageSection | undefined): TableDisk[] {
  const serials = new Set((disks ?? []).map(({ serial }) => serial?.toLowerCase()));
  const isHidden = ({ serial }: PhysicalDrive): boolean => serial === undefined || !serials.has(serial.toLowerCase());
  const controllers = (storage?.controllers ?? []).flatMap(({ id, model, physicalDrives }) =>
    physicalDrives.filter(isHidden).map((drive) => tableDisk(drive, model ?? `controller ${id}`)),
  );
  const others = (storage?.hiddenDrives ?? []).filter(isHidden).map((drive) => tableDisk(drive, drive.smartctlType ?? 'a controller'));
  return [...(disks ?? []), ...controllers, ...others];
}

function tableDisk(drive: PhysicalDrive, behind: string): TableDisk {
  const { enclosure: _enclosure, slot, deviceId: _number, medium, rotationRpm, sizeText: _printed, ...known } = drive;
  const rotational = medium === undefined ? (rotationRpm === undefined ? undefined : rotationRpm > 0) : medium === 'HDD';
  return {
    ...known,
    ...{ name: drivePlace(drive) || 'drive', behind },
    ...(drive.interface === undefined ? {} : { transport: drive.interface.toLowerCase() }),
    ...definedOnly({ rotational, rotationRpm, enclosureSlot: slot }),
  };
}
