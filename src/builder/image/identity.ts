import { ReconError } from '../../domain/errors.ts';
import { diskSignature, partitionUuid, volumeDate, volumeUuid } from './data-partition.ts';

/** What tells an image from every other one, to people and to the kernel that looks for its stick. */
export interface ImageIdentity {
  builtAt: Date;
  /** in the MBR, from what went in */
  signature: number;
  /** `YYYYMMDDhhmmsscc`, from the time of the build */
  volumeDate: string;
  isoUuid: string;
  dataPartitionUuid: string;
}

/** The identity of an image built at that time from these inputs. */
export function imageIdentity(inputs: string, builtAt: Date): ImageIdentity {
  const signature = diskSignature(inputs);
  const date = volumeDate(builtAt);
  return { builtAt, signature, volumeDate: date, isoUuid: volumeUuid(date), dataPartitionUuid: partitionUuid(signature, 3) };
}

/**
 * The time that a build is said to be of: `SOURCE_DATE_EPOCH` (reproducible-builds.org/specs/source-date-epoch, seconds) when it is set.
 * @throws ReconError `usage`
 */
export function buildDate(setting: string | undefined, now: Date): Date {
  if (setting === undefined || setting === '') return now;
  const at = new Date(/^\d{1,12}$/.test(setting) ? Number(setting) * 1000 : Number.NaN);
  // ISO 9660 has four digits for a year
  if (at.getTime() >= 0 && at.getUTCFullYear() <= 9999) return at;
  throw new ReconError('usage', `SOURCE_DATE_EPOCH=${setting} is no number of seconds since 1970`, {
    hint: 'for example SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)',
  });
}
