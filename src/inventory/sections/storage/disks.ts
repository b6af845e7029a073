import type { Disk } from '../../../domain/record/storage.ts';
import { isDiskName } from '../../../domain/values/block-device.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import type { Readings } from '../../readings/readings.ts';
import { lshwDisks } from '../../tools/lshw/disks.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { devicePlace } from '../../values/device-path.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';
import { seenByAny } from '../../values/seen-by-any.ts';
import { enclosureSlots } from './disk/enclosure.ts';
import { diskNames } from './disk/names.ts';
import { foldPaths } from './disk/paths.ts';
import { byPathNames, sasAddressOf } from './disk/place.ts';
import { type DiskReadings, readDisk } from './disk.ts';

type AllDiskReadings = DiskReadings & Pick<Readings, 'multipath' | 'lshw' | 'sgSes'>;

/** Disks that any of lsblk, /sys/block, smartctl, nvme, hdparm, multipath and lshw saw, in the order of their names. */
export function normaliseDisks(readings: AllDiskReadings, capture: CopiedFiles & CommandLog): SectionResult<Disk[]> {
  const fromLshw = lshwDisks(readings.lshw);
  const read = diskReader(readings, capture);
  const named = diskNames(readings, capture, fromLshw).map(read);
  const disks = seenByAny(named, fromLshw.filter(isReal(capture)), { keys: [(disk) => disk.serial, (disk) => disk.name], join: withLshw });
  // what lshw alone lists may hang on a place that /sys or the enclosure knows
  const ofLshw = new Set(fromLshw);
  const whole = disks.map((disk) => (ofLshw.has(disk) ? { ...disk, ...read(disk.name) } : disk));
  const isListed = readings.lsblk.size > 0 || capture.list('sys/block').length > 0 || isDiskless(capture);
  if (whole.length === 0 && !isListed) return noData(capture, ['lsblk']);
  const sorted = whole.sort((a, b) => byName(a.name, b.name));
  const hasSerialPage = (name: string): boolean => capture.file(`sys/block/${name}/device/vpd_pg80`) !== undefined;
  return ok(foldPaths(sorted, { multipathNames: multipathNames(readings), hasSerialPage }));
}

function isReal(files: CopiedFiles): (disk: Disk) => boolean {
  return ({ name }) => isDiskName(name) && devicePlace(files, `sys/block/${name}`)?.isVirtual !== true;
}

/** What lshw knows of a disk that other sources found: only what those lack, and only where its serial number says that it is the same. */
function withLshw(disk: Disk, found: Disk): Disk {
  if (disk.serial === undefined || disk.serial !== found.serial) return disk;
  const { name: _, mediumPresent: __, ...facts } = found;
  return { ...facts, ...disk };
}

/** lsblk ended well on a machine whose /sys was copied, and listed nothing. */
function isDiskless(capture: CopiedFiles): boolean {
  return capture.index.commands.some(({ id, status }) => id === 'lsblk' && status === 'ok') && capture.list('sys').length > 0;
}

function diskReader(readings: AllDiskReadings, files: CopiedFiles): (name: string) => Disk {
  const slots = enclosureSlots(readings, files);
  const byPath = byPathNames(files);
  return (name) => {
    const disk = readDisk(readings, files, name);
    const place = slots.byHctl.get(disk.hctl ?? '') ?? slots.bySas.get(sasAddressOf(files, name) ?? '');
    return {
      ...disk,
      ...definedOnly({ byPath: byPath.get(name) }),
      ...(place === undefined ? {} : { enclosure: place.enclosure, enclosureSlot: place.slot }),
    };
  };
}

/** The map of each path: as lsblk draws it, else as `multipath -ll` prints it. */
function multipathNames({ multipath, lsblk }: Pick<Readings, 'multipath' | 'lsblk'>): Map<string, string> {
  const names = new Map([...multipath].map(([name, { map }]) => [name, map]));
  for (const { name, multipathName } of lsblk.values()) if (multipathName !== undefined) names.set(name, multipathName);
  return names;
}

/** sda … sdz before sdaa, nvme2n1 before nvme10n1. */
function byName(a: string, b: string): number {
  const prefix = (name: string): string => /^[hsv]d|^xvd/.exec(name)?.[0] ?? name.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
  const left = prefix(a);
  const right = prefix(b);
  if (left !== right) return left < right ? -1 : 1;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
