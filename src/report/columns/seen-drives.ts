import { type MachineDrives, machineDrives } from '../../domain/drives/machine-drives.ts';
import type { Disk, StorageSection } from '../../domain/record/storage.ts';

/** By the list of disks, or else by what stands for it; a record is not changed once it was read. */
const seen = new WeakMap<object, { storage: StorageSection | undefined; drives: MachineDrives | undefined }>();

/** {@link machineDrives}, found once for each record: half a dozen columns, the tables and the page all ask for them. */
export function seenDrives(disks: readonly Disk[] | undefined, storage: StorageSection | undefined): MachineDrives | undefined {
  const key = disks ?? storage;
  if (key === undefined) return undefined;
  const known = seen.get(key);
  if (known !== undefined && known.storage === storage) return known.drives;
  const drives = machineDrives(disks, storage);
  seen.set(key, { storage, drives });
  return drives;
}
