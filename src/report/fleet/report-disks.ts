import type { PhysicalDrive } from '../../domain/record/raid.ts';
import type { Disk, StorageSection } from '../../domain/record/storage.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { knownWords } from '../../domain/values/known-words.ts';

export const DISK_KINDS = ['NVMe', 'SSD', 'HDD', 'RAID volume', 'other'] as const;
export type DiskKind = (typeof DISK_KINDS)[number];

/** A disk as an engineer would count it: a drive that can be pulled, or a volume whose drives nobody shows. */
export interface ReportDisk {
  kind: DiskKind;
  model?: string;
  serial?: string;
  sizeBytes?: number;
}

/** Drives behind a RAID controller stand in for the volumes that are made of them. */
export function reportDisks(disks: readonly Disk[] | undefined, storage: StorageSection | undefined): ReportDisk[] | undefined {
  if (disks === undefined && storage === undefined) return undefined;
  const controllers = storage?.controllers ?? [];
  const behind: readonly PhysicalDrive[] = [
    ...controllers.flatMap((controller) => controller.physicalDrives),
    ...(storage?.hiddenDrives ?? []),
  ];
  const volumes = new Set(
    controllers.flatMap(({ virtualDrives }) => virtualDrives.map(({ device }) => device?.replace('/dev/', '')).filter(isText)),
  );
  const own = (disks ?? []).filter((disk) => disk.removable !== true && disk.mediumPresent !== false);
  const serials = new Set(own.map(({ serial }) => serial?.toLowerCase()).filter(isText));
  const hidden = behind.filter(({ serial }) => serial === undefined || !serials.has(serial.toLowerCase()));
  const shown = own.filter((disk) => !isVolume(disk, volumes) || hidden.length === 0);
  return [
    ...shown.map((disk) =>
      reportDisk(isVolume(disk, volumes) ? 'RAID volume' : ownKind(disk), [disk.vendor, disk.model], disk.serial, disk.sizeBytes),
    ),
    ...hidden.map((drive) =>
      reportDisk(
        hiddenKind(drive.interface, drive.medium, drive.rotationRpm),
        [drive.vendor, drive.model],
        drive.serial,
        drive.sizeBytes ?? printedBytes(drive.sizeText),
      ),
    ),
  ];
}

function reportDisk(
  kind: DiskKind,
  names: readonly (string | undefined)[],
  serial: string | undefined,
  sizeBytes: number | undefined,
): ReportDisk {
  const model = knownWords(names);
  return {
    kind,
    ...(model === '' ? {} : { model }),
    ...definedOnly({ serial, sizeBytes }),
  };
}

/** Without the controller's own tool only the model of a volume gives it away. */
function isVolume({ name, vendor, model }: Disk, volumes: ReadonlySet<string>): boolean {
  return (
    volumes.has(name) || /\b(?:LOGICAL VOLUME|PERC|MegaRAID|ServeRAID|RAID|Virtual Disk)\b|^MR\d/i.test(`${vendor ?? ''} ${model ?? ''}`)
  );
}

function ownKind({ transport, rotational }: Disk): DiskKind {
  if (transport === 'nvme') return 'NVMe';
  if (rotational === undefined) return 'other';
  return rotational ? 'HDD' : 'SSD';
}

function hiddenKind(link: string | undefined, medium: string | undefined, rotationRpm: number | undefined): DiskKind {
  if (link?.toLowerCase() === 'nvme') return 'NVMe';
  if (medium === 'HDD' || (rotationRpm ?? 0) > 0) return 'HDD';
  return medium === 'SSD' || rotationRpm === 0 ? 'SSD' : 'other';
}

/** RAID tools round, and call 1024 to the fourth a terabyte (storcli); enough to tell 4 TB from 8. */
function printedBytes(printed: string | undefined): number | undefined {
  const [, number, unit = ''] = /^\s*([\d.]+)\s*([KMGTP])i?B\s*$/i.exec(printed ?? '') ?? [];
  return number === undefined ? undefined : Math.round(Number(number) * 1024 ** ('KMGTP'.indexOf(unit.toUpperCase()) + 1));
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
