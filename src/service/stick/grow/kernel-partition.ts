import { setTimeout as delay } from 'node:timers/promises';
import type { Partition } from '../../../platform/machine/partition-table.ts';
import { commandError, run, runOk } from '../../../platform/process/command.ts';

const SECTOR_BYTES = 512;
const TIMEOUT_MS = 30_000;
const TRIES = 20;
const PAUSE_MS = 500;

/**
 * Tells the kernel that a partition lies elsewhere, whatever the table on the disk says (BLKPG, addpart(8)): the table cannot be read anew while another
 * partition of the disk is mounted. Without success the partition is where it was. @throws ReconError `command-failed`
 */
export async function movePartition(
  disk: string,
  number: number,
  from: Pick<Partition, 'startBytes' | 'sizeBytes'>,
  to: Pick<Partition, 'startBytes' | 'sizeBytes'>,
): Promise<void> {
  const add = ({ startBytes, sizeBytes }: Pick<Partition, 'startBytes' | 'sizeBytes'>): ReturnType<typeof run> =>
    run(['addpart', disk, String(number), String(startBytes / SECTOR_BYTES), String(sizeBytes / SECTOR_BYTES)], { timeoutMs: TIMEOUT_MS });
  await withPatience(() => run(['delpart', disk, String(number)], { timeoutMs: TIMEOUT_MS }));
  const added = await add(to);
  if (added.status === 'ok') return;
  await add(from);
  throw commandError(added);
}

/** udev looks at each device that was written to, and what is open cannot be taken away. */
async function withPatience(act: () => ReturnType<typeof run>): Promise<void> {
  for (let times = 1; ; times += 1) {
    const result = await act();
    if (result.status === 'ok') return;
    if (times === TRIES || result.status !== 'failed') throw commandError(result);
    await delay(PAUSE_MS);
  }
}

/** Has the kernel forget what it keeps of a device, so that the next read is of the device itself. @throws ReconError `command-failed` */
export async function forgetCache(device: string): Promise<void> {
  await runOk(['blockdev', '--flushbufs', device], { timeoutMs: 120_000 });
}
