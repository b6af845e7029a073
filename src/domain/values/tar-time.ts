/** tar-stream keeps seconds in 32 bits: what is later becomes a number below nothing, which no tar reads. */
const LATEST_MS = 0x7fffffff * 1000;

/** The time of a file in an archive, as near as it can be written. A head whose clock is wrong must still give machines their files. */
export function tarTime(at: Date): Date {
  return new Date(Math.min(Math.max(at.getTime(), 0), LATEST_MS));
}
