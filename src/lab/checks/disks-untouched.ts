import { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { hashImage } from '../../platform/machine/disk-image-file.ts';
import type { PreparedDisk } from '../hardware/disk-images.ts';
import type { Qmp } from '../machine/qmp.ts';

/** QEMU's counters of one drive. */
export interface DriveCounters {
  writes: number;
  unmaps: number;
  reads: number;
}

const BlockStatistics = z.array(
  z.looseObject({
    device: z.string().exactOptional(),
    stats: z.looseObject({
      wr_operations: z.int(),
      rd_operations: z.int(),
      unmap_operations: z.int(),
      // failed_: what the guest tried and was refused is an attempt all the same
      failed_wr_operations: z.int(),
      failed_unmap_operations: z.int(),
      invalid_wr_operations: z.int(),
      invalid_unmap_operations: z.int(),
    }),
  }),
);

/** Reads the answer of `query-blockstats` (QEMU's qapi/block-core.json) into counters by drive. */
export function parseBlockStatistics(answer: unknown): Map<string, DriveCounters> {
  const counters = new Map<string, DriveCounters>();
  for (const { device, stats } of BlockStatistics.parse(answer)) {
    if (device === undefined) continue;
    counters.set(device, {
      writes: stats.wr_operations + stats.failed_wr_operations + stats.invalid_wr_operations,
      unmaps: stats.unmap_operations + stats.failed_unmap_operations + stats.invalid_unmap_operations,
      reads: stats.rd_operations,
    });
  }
  return counters;
}

/** Findings about counters: each names the machine, the disk, what lies on it and how often it was written. */
export function findCountedWrites(disks: readonly PreparedDisk[], counters: ReadonlyMap<string, DriveCounters>): string[] {
  return disks.flatMap(({ machine, disk }) => {
    const found = counters.get(disk.id);
    if (found === undefined) throw new ReconError('infrastructure', `QEMU of ${machine} has no counters for ${disk.id}`);
    if (found.writes === 0 && found.unmaps === 0) return [];
    return [`${machine}: the ${disk.bus} disk ${disk.serial} (${disk.fixture}) saw ${found.writes} writes and ${found.unmaps} unmaps`];
  });
}

/** Findings about one machine's disks: write counters, and the hash of each image. QEMU must still run. */
export async function findTouchedDisks(machine: string, qmp: Qmp, prepared: readonly PreparedDisk[]): Promise<string[]> {
  const disks = prepared.filter((disk) => disk.machine === machine);
  const findings = findCountedWrites(disks, parseBlockStatistics(await qmp.execute('query-blockstats')));
  for (const { disk, path, sha256 } of disks) {
    if ((await hashImage(path)) !== sha256) findings.push(`${machine}: the content of ${disk.serial} (${disk.fixture}) has changed`);
  }
  return findings;
}
