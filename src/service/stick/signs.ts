import type { MediumTrouble } from '../../master/medium/medium.ts';
import { exists, readOrUndefined } from '../../platform/files/files.ts';
import { mountOf } from './mount-of.ts';

/** What the kernel shows of a mounted stick without a look at the stick itself. */
export interface StickSigns {
  /** the device that is mounted, such as `/dev/sdb3`; undefined: none is */
  device: string | undefined;
  isMountedReadOnly: boolean;
  /** the device is there: that of a stick that was pulled is not, although it stays mounted */
  isThere: boolean;
  /** the kernel refuses writes to it */
  isWriteProtected: boolean;
}

/** Reads them from /proc/mounts and /sys/class/block (sysfs-block). */
export async function readSigns(mountPoint: string): Promise<StickSigns> {
  const mounts = (await readOrUndefined('/proc/mounts'))?.toString('utf8') ?? '';
  const { device, options = [] } = mountOf(mounts, mountPoint) ?? {};
  const block = `/sys/class/block/${device?.replace('/dev/', '') ?? ''}`;
  const readOnly = (await readOrUndefined(`${block}/ro`))?.toString('utf8').trim();
  return {
    device,
    isMountedReadOnly: options.includes('ro'),
    isThere: device !== undefined && (await exists(block)),
    isWriteProtected: readOnly === '1',
  };
}

/** What they mean. Pure. */
export function stickTrouble({ device, isMountedReadOnly, isThere, isWriteProtected }: StickSigns): MediumTrouble | undefined {
  if (device === undefined) return { fault: 'gone', reason: 'it is not mounted' };
  if (!isThere) return { fault: 'gone', reason: `${device} is not there any more` };
  if (isWriteProtected) return { fault: 'read-only', reason: `${device} is write-protected` };
  if (isMountedReadOnly) return { fault: 'read-only', reason: `${device} is mounted read-only` };
  return undefined;
}
