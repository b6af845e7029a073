/** Before it there was no Recon that could have made a tarball. */
export const FIRST_DAY = '2026-01-01';

/** Whether a time by a master's clock can be: the clock was set, as far as the visit knows, and it is not before there was any of this. */
export function isTimePossible({ at, visit }: { at: string; visit?: { isDayKnown: boolean } | undefined }): boolean {
  return visit?.isDayKnown !== false && at >= FIRST_DAY;
}

/** For every screen, and for who reads the tarball. */
export const CLOCK_NOT_SET =
  "The master's clock is not set: its times are in order among themselves, and of an unknown day. Set it in the firmware's setup before the next visit.";
