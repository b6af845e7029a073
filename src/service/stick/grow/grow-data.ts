import { randomBytes } from 'node:crypto';
import { DATA_LABEL } from '../../../domain/image.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { decimalSize } from '../../../domain/values/shown-size.ts';
import { copyFat, fatLines, isSoundFat, usedBytes } from '../../../platform/fat/copy-fat.ts';
import { type FatVolume, openFatVolume } from '../../../platform/fat/fat-volume.ts';
import { FAT_SECTOR_BYTES, newFat } from '../../../platform/fat/new-fat.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import type { Log } from '../../../platform/log.ts';
import { openDirectBlocks } from '../../../platform/machine/direct-blocks.ts';
import { openDirectSector } from '../../../platform/machine/direct-sector.ts';
import { withPartitionMoved } from '../../../platform/machine/partition-table.ts';
import { openRawImage } from '../../../platform/machine/raw-image.ts';
import { run } from '../../../platform/process/command.ts';
import { isNewStick } from './is-new-stick.ts';
import { forgetCache, movePartition } from './kernel-partition.ts';
import { type GrowthPlan, planGrowth } from './plan-growth.ts';
import { probeSize } from './probe-size.ts';

interface GrowingStick {
  /** name of the disk that we booted from, such as `sdb`: no other one is ever opened here */
  disk: string;
  /** RECONDATA on it, not mounted, such as `/dev/sdb3` */
  device: string;
  partUuid: string;
  log: Log;
}

export type Growth =
  | { outcome: 'grown'; volumeUuid: string; said: string }
  /** without words where nobody needs any */
  | { outcome: 'left'; said?: string };

type Plan = Extract<GrowthPlan, { outcome: 'grow' }>;
/** Room between what is copied and the first block that is probed, for tables and directories. */
const BETWEEN_BYTES = 128 * 1024 * 1024;
const COPY_ALIGNMENT_BYTES = 64 * 1024;

/**
 * Lets RECONDATA of a new stick have all of the stick: a larger file system with the same files is made in the unused space behind it, read back and compared, and
 * then the entry of the partition table is pointed at it, in one write of one sector. Pulled at any moment, the stick has the old one or the new one, whole.
 * A size that the stick only claims to have is found out before. Never throws while the old one can be used.
 * @throws ReconError `command-failed` when neither can
 */
export async function growData(stick: GrowingStick): Promise<Growth> {
  const { disk, device, log } = stick;
  const diskPath = `/dev/${disk}`;
  let back: (() => Promise<void>) | undefined;
  try {
    const found = await look(stick, diskPath);
    if (found.plan.outcome === 'leave') return left(found.plan.reason, found.plan.isUsual);
    const { plan, head, usedBytes: used } = { ...found, plan: found.plan };
    const made = await makeLarger({ diskPath, device, plan, used });
    if (made.trouble !== undefined) return left(made.trouble);
    await movePartition(diskPath, plan.number, plan.from, plan.to);
    back = () => movePartition(diskPath, plan.number, plan.to, plan.from);
    const check = await run(['fsck.vfat', '-n', device], { timeoutMs: 120_000 });
    if (check.status !== 'ok') throw new Error('the larger file system is not in order');
    if (!(await pointAt(diskPath, head, withPartitionMoved(head, plan.number, plan.to))))
      throw new Error('its partition table does not change');
    const [before, now] = [decimalSize(plan.from.sizeBytes), decimalSize(plan.to.sizeBytes)];
    return { outcome: 'grown', volumeUuid: made.volumeUuid, said: `${DATA_LABEL} has all of the stick now: ${now} instead of ${before}` };
  } catch (error) {
    log.warn(`${device} does not grow: ${messageOf(error)}`);
    await back?.();
    return left(messageOf(error));
  }
}

function left(reason: string, isUsual = false): Growth {
  return isUsual ? { outcome: 'left' } : { outcome: 'left', said: `${DATA_LABEL} is left at its size: ${reason}` };
}

/** What can be done, without a write. Nothing is open afterwards: the kernel moves no partition that is. */
async function look(
  { disk, device, partUuid }: GrowingStick,
  diskPath: string,
): Promise<{ plan: GrowthPlan; head: Buffer; usedBytes: number }> {
  const leave = (reason: string, isUsual = false) => ({
    ...{ plan: { outcome: 'leave', reason, isUsual } as const, head: Buffer.alloc(0), usedBytes: 0 },
  });
  await using image = await openRawImage(device, 'read');
  const volume = await openFatVolume(image);
  if (volume === undefined) return leave('it is no FAT32 file system');
  const state = await isNewStick(volume);
  if (!state.isNew) return leave(state.reason, state.isUsual);
  if (!(await isSoundFat(volume))) return leave('its file system is damaged');
  await using blocks = await openDirectBlocks(diskPath);
  const head = await blocks.read(0);
  const used = await usedBytes(volume, COPY_ALIGNMENT_BYTES);
  return { plan: planGrowth({ head, ...(await sizesOf(disk)), partUuid, usedBytes: used }), head: head.subarray(0, 512), usedBytes: used };
}

interface Made {
  trouble: string | undefined;
  volumeUuid: string;
}

interface MakeInput {
  diskPath: string;
  device: string;
  plan: Plan;
  used: number;
}

/** The larger file system in unused space, which nothing points at yet. */
async function makeLarger({ diskPath, device, plan, used }: MakeInput): Promise<Made> {
  const { startBytes, sizeBytes } = plan.to;
  const id = randomBytes(4);
  const hexadecimal = id.toString('hex').toUpperCase();
  const made = (trouble?: string): Made => ({ trouble, volumeUuid: `${hexadecimal.slice(0, 4)}-${hexadecimal.slice(4)}` });
  const fat = newFat(sizeBytes / FAT_SECTOR_BYTES);
  if (fat === undefined) return made('there is too little room for FAT32');
  await using blocks = await openDirectBlocks(diskPath);
  const range = { startBytes, endBytes: startBytes + sizeBytes, freeFromBytes: startBytes + used + BETWEEN_BYTES };
  const probe = await probeSize(blocks, range);
  try {
    const claimed = await probe.look();
    if (claimed !== undefined) return made(counterfeit(claimed));
    await using from = await openRawImage(device, 'read');
    const volume = await openFatVolume(from);
    if (volume === undefined) return made('it cannot be read');
    await using disk = await openRawImage(diskPath, 'read-write');
    const to = { image: disk, startBytes, fat, volumeId: id.readUInt32BE(0) };
    await copyFat({ volume, firstSector: await from.read(0, FAT_SECTOR_BYTES) }, to);
    await disk.sync();
    await forgetCache(diskPath);
    const copy = await openFatVolume(disk, startBytes);
    if (copy === undefined || !(await areAlike(volume, copy))) return made('what was copied does not come back as it was');
    const kept = await probe.look();
    return made(kept === undefined ? undefined : counterfeit(kept));
  } finally {
    await probe.undo();
  }
}

function counterfeit(said: string): string {
  return `the stick is smaller than it says, ${said}. Do not trust it with more than this`;
}

async function areAlike(one: FatVolume, other: FatVolume): Promise<boolean> {
  const [lines, others] = [await fatLines(one), await fatLines(other)];
  return lines.length === others.length && lines.every((line, index) => line === others[index]);
}

/** Writes the first sector, and reads it from the stick itself; what was there comes back when it is not what was written. */
async function pointAt(diskPath: string, before: Uint8Array, after: Buffer): Promise<boolean> {
  await using sector = await openDirectSector(diskPath, 0);
  await sector.write(after);
  await using blocks = await openDirectBlocks(diskPath);
  if ((await blocks.read(0)).subarray(0, 512).equals(after)) return true;
  await sector.write(before);
  return false;
}

async function sizesOf(disk: string): Promise<{ sizeBytes: number; blockBytes: number }> {
  const number = async (name: string): Promise<number> =>
    Number((await readOrUndefined(`/sys/class/block/${disk}/${name}`))?.toString('utf8').trim());
  return { sizeBytes: (await number('size')) * 512, blockBytes: await number('queue/logical_block_size') };
}
