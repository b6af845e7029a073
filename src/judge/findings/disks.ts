import type { Finding } from '../../domain/record/finding.ts';
import { driveTrouble } from './drive-health.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

/** SMART and NVMe warnings, and worn media, of the disks that Linux sees. */
export function findDiskTrouble({ name, record }: NamedRecord): Finding[] {
  return (sectionData(record.sections.disks) ?? []).flatMap((disk, at) => {
    const who = ['disk', disk.name, disk.model, disk.serial].filter((part) => part !== undefined).join(' ');
    return driveTrouble(who, `disks[${at}]`, disk).map((finding) => ({ machine: name, ...finding }));
  });
}
