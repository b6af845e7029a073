import { z } from 'zod';
import { ReceiptMark } from './marks.ts';

/** Be the master of a visit on the stick, and mark each promise. */
export const VisitTask = z.strictObject({
  kind: z.literal('visit'),
  seed: z.string(),
  machines: z.int().positive(),
  /** uploads at the same time */
  together: z.int().positive(),
  /** a tarball is made after so many receipts */
  sealEvery: z.int().positive(),
  /** and so many more at the end, when nobody uploads any more */
  sealsAfter: z.int().positive(),
  /** the control: nothing is brought to the medium before it is promised */
  isUnsynced: z.boolean(),
});
export type VisitTask = z.infer<typeof VisitTask>;

/** One stick that lost its power; its number is also the disk signature of its image. */
const YankedStick = z.strictObject({
  yank: z.int().positive(),
  /** so many of the task's receipts were given before */
  receipts: z.int().nonnegative(),
  /** one of these must be there whole; none: no matter */
  tarballs: z.array(z.string()),
});
export type YankedStick = z.infer<typeof YankedStick>;

/** Start on each of the sticks as the product does, and look for what was promised. */
export const CheckTask = z.strictObject({
  kind: z.literal('check'),
  seed: z.string(),
  sticks: z.array(YankedStick),
  /** of the whole visit, in their order */
  receipts: z.array(ReceiptMark),
  /** sha256 of every tarball that was ever announced */
  tarballs: z.array(z.string()),
});
export type CheckTask = z.infer<typeof CheckTask>;

export const GuestTask = z.discriminatedUnion('kind', [VisitTask, CheckTask]);
export type GuestTask = z.infer<typeof GuestTask>;

const Loss = z.strictObject({ mac: z.string(), revision: z.int(), instead: z.string() });
export type Loss = z.infer<typeof Loss>;

/** What was found on one stick. */
export const CheckedStick = z.strictObject({
  yank: z.int(),
  /** receipts that were looked for */
  checked: z.int(),
  lost: z.array(Loss),
  /** what is wrong besides: no start, no whole tarball, a file system that is not clean */
  trouble: z.array(z.string()),
});
export type CheckedStick = z.infer<typeof CheckedStick>;

/** Sectors before the partition of a disk of this rig. */
export const PARTITION_SECTOR = 2048;
/** In front of each line for the host. */
export const RESULT_WORD = 'yank-result ';
export const END_WORD = 'yank-end';
/** Where the guest finds what the host has put into its initrd. */
export const TASK_FILE = 'task.json';
/** PARTUUID of the first partition of a disk with this signature, as the kernel writes it. */
export const partUuidOf = (signature: number): string => `${signature.toString(16).padStart(8, '0')}-01`;
