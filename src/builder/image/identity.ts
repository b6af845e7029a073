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
