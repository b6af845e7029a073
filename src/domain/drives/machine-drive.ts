import type { Disk } from '../record/storage.ts';
import { type DriveKind, driveKind } from './drive-kind.ts';

/** A drive that can be pulled out, in the form of a disk of the record. Its size is in bytes where anybody says one. */
export type MachineDrive = Disk & {
  kind: DriveKind;
  /** the controller that hides it from Linux: its model, or what smartctl reaches it by */
  behind?: string;
  /** number of the controller with its tool, of a drive that it lists */
  controller?: string;
  /** as the controller's tool prints it */
  state?: string;
};

/** One drive of what two say of it; the first knows better. */
export function bothSayOf(drive: MachineDrive, other: MachineDrive): MachineDrive {
  const both = { ...other, ...drive };
  return { ...both, kind: driveKind(both) };
}
