import type { CapturedCommand } from '../../../domain/capture.ts';
import type { Disk } from '../../../domain/record/storage.ts';
import { isDiskName } from '../../../domain/values/block-device.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import type { Readings } from '../../readings/readings.ts';
import { lshwDisks, withLshw } from '../../tools/lshw/disks.ts';
import type { CopiedFiles } from '../../values/copied-files.ts';
import { devicePlace } from '../../values/device-path.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../../values/section.ts';
import { enclosureSlots } from './disk/enclosure.ts';
import { foldPaths } from './disk/paths.ts';
import { byPathNames, sasAddressOf } from './disk/place.ts';
import { type DiskReadings, readDisk } from './disk.ts';

type AllDiskReadings = DiskReadings & Pick<Readings, 'multipath' | 'lshw' | 'sgSes'>;

/**
 * Disks from lsblk and /sys/block (either is enough), with what smartctl, nvme and hdparm add; where neither has any, as lshw lists
 * them. In the order of their names.
 */
export function normaliseDisks(readings: AllDiskReadings, capture: CopiedFiles & CommandLog): SectionResult<Disk[]> {
  const names = diskNames(readings, capture);
  const fromLshw = lshwDisks(readings.lshw);
  if (names.length > 0 || readings.lsblk.size > 0 || capture.list('sys/block').length > 0) {
    return ok(foldPaths(withLshw(readDisks(readings, capture, names), fromLshw), multipathNames(readings)));
  }
  if (fromLshw.length > 0) {
    const sorted = fromLshw.sort((a, b) => byName(a.name, b.name));
    return ok(foldPaths(sorted, multipathNames(readings)));
  }
  const { commands } = capture.index;
  const isDiskless = commands.some(({ id, status }) => id === 'lsblk' && status === 'ok') && capture.list('sys').length > 0;
  return isDiskless ? ok([]) : noData(capture, ['lsblk']);
}

/** Kernel names of all disks that any source knows, sorted. */
function diskNames(readings: AllDiskReadings, files: CopiedFiles): string[] {
  const fromLsblk = [...readings.lsblk.values()]
    .filter((device) => device.type === undefined || device.type === 'disk')
    .map((device) => device.name);
  const found = [...fromLsblk, ...files.list('sys/block'), ...readings.nvmeList.keys(), ...askedByName(readings, files.index.commands)];
  return [...new Set(found)].filter((name) => isDiskName(name) && devicePlace(files, `sys/block/${name}`)?.isVirtual !== true).sort(byName);
}

function readDisks(readings: AllDiskReadings, files: CopiedFiles, names: readonly string[]): Disk[] {
  const slots = enclosureSlots(readings, files);
  const byPath = byPathNames(files);
  return names.map((name) => {
    const disk = readDisk(readings, files, name);
    const place = slots.byHctl.get(disk.hctl ?? '') ?? slots.bySas.get(sasAddressOf(files, name) ?? '');
    return {
      ...disk,
      ...definedOnly({ byPath: byPath.get(name) }),
      ...(place === undefined ? {} : { enclosure: place.enclosure, enclosureSlot: place.slot }),
    };
  });
}

/** The map of each path: as lsblk draws it, else as `multipath -ll` prints it. */
function multipathNames({ multipath, lsblk }: Pick<Readings, 'multipath' | 'lsblk'>): Map<string, string> {
  const names = new Map(multipath);
  for (const { name, multipathName } of lsblk.values()) if (multipathName !== undefined) names.set(name, multipathName);
  return names;
}

/** For captures made by hand that hold nothing but what smartctl or hdparm printed. */
function askedByName({ smartctl, hdparm }: Pick<Readings, 'smartctl' | 'hdparm'>, commands: readonly CapturedCommand[]): string[] {
  return commands.flatMap(({ id }) => {
    const name = /^smartctl-([hs]d[a-z]+|nvme\d+n\d+)$/.exec(id)?.[1];
    if (name !== undefined) return smartctl(name)?.model === undefined ? [] : [name];
    const ata = /^hdparm-([hs]d[a-z]+)$/.exec(id)?.[1];
    return ata === undefined || hdparm(ata) === undefined ? [] : [ata];
  });
}

/** sda … sdz before sdaa, nvme2n1 before nvme10n1. */
function byName(a: string, b: string): number {
  const prefix = (name: string): string => /^[hsv]d|^xvd/.exec(name)?.[0] ?? name.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
  const left = prefix(a);
  const right = prefix(b);
  if (left !== right) return left < right ? -1 : 1;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
