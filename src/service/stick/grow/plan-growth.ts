import { decimalSize } from '../../../domain/values/shown-size.ts';
import { mbrSignature, type Partition, parsePartitionTable } from '../../../platform/machine/partition-table.ts';

/** What is known of the stick before anything is written to it. */
export interface StickFacts {
  /** its first 1024 bytes */
  head: Buffer;
  sizeBytes: number;
  /** of the smallest piece that it can write */
  blockBytes: number;
  /** PARTUUID of RECONDATA, from the boot menu */
  partUuid: string;
  /** how many bytes RECONDATA holds */
  usedBytes: number;
}

export type GrowthPlan =
  | { outcome: 'grow'; number: number; from: Partition; to: { startBytes: number; sizeBytes: number } }
  /** `isUsual`: nothing that a person could want to know */
  | { outcome: 'leave'; reason: string; isUsual: boolean };

const MIB = 1024 * 1024;
const SECTOR_BYTES = 512;
/** An entry of the table has 32 bits for sectors. */
const LAST_ADDRESS_BYTES = 0xffff_ffff * SECTOR_BYTES;
/** Room for a million machines; the tables of a larger one would have to be read at each start. */
const LARGEST_BYTES = 256 * 1024 * MIB;
/** What is copied holds up the start of the visit. */
const MOST_COPIED_BYTES = 1024 * MIB;
const PROTECTIVE = 0xee;

/**
 * Where RECONDATA may grow to: behind itself, up to the end of its stick, as a new file system in unused space. The old one stays where it is and is
 * not written to, so that whoever pulls the stick at any moment has the one or the other. Pure.
 */
export function planGrowth({ head, sizeBytes, blockBytes, partUuid, usedBytes }: StickFacts): GrowthPlan {
  const leave = (reason: string, isUsual = false): GrowthPlan => ({ outcome: 'leave', reason, isUsual });
  if (blockBytes !== SECTOR_BYTES) return leave(`its blocks have ${blockBytes} bytes, and its partition table counts in ${SECTOR_BYTES}`);
  const partitions = parsePartitionTable(head);
  if (partitions.some(({ type }) => type === PROTECTIVE) || head.toString('latin1', 512, 520) === 'EFI PART')
    return leave('it has a second partition table (GPT), which would not be changed');
  const [signature, digits] = partUuid.toLowerCase().split('-');
  const from = partitions.find(({ number }) => number === Number.parseInt(digits ?? '', 16));
  if (from === undefined || signature !== mbrSignature(head)) return leave('its partition table is not that of the boot menu');
  const endOf = (one: Partition): number => one.startBytes + one.sizeBytes;
  if (partitions.some((one) => one !== from && endOf(one) > from.startBytes)) return leave('it is not the last partition of the stick');
  const startBytes = Math.ceil(endOf(from) / MIB) * MIB;
  const roomBytes = Math.min(sizeBytes, LAST_ADDRESS_BYTES) - startBytes;
  const newBytes = Math.min(LARGEST_BYTES, Math.floor(roomBytes / MIB) * MIB);
  // a size that cannot be read is none
  if (!(newBytes >= from.sizeBytes * 1.5)) return leave('the stick is hardly larger than the image', true);
  if (usedBytes > MOST_COPIED_BYTES) return leave(`it holds ${decimalSize(usedBytes)} already, which would have to be copied`);
  return { outcome: 'grow', number: from.number, from, to: { startBytes, sizeBytes: newBytes } };
}
