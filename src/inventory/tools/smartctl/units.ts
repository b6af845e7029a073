/** A count that may be too large for a double: then it is decimal text. */
export type Counter = number | string;

/** NVMe counts in thousands of 512 bytes (NVM Express base specification, SMART log). */
export function bytesOfUnits(units: Counter | undefined): Counter | undefined {
  if (units === undefined) return undefined;
  const bytes = BigInt(units) * 512_000n;
  return bytes <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bytes) : String(bytes);
}

/** Sixty years: older than any drive, and all ones of 32 bits are 490,000 years. */
const MOST_HOURS = 526_000;

/** Hours that a drive can have been on. */
export function possibleHours(hours: number | undefined): number | undefined {
  return hours !== undefined && hours <= MOST_HOURS ? hours : undefined;
}

/** All ones of 16 or 32 bits are not known. */
export function possibleCount(count: number | undefined): number | undefined {
  return count === undefined || count === 0xffff || count >= 0xffff_ffff ? undefined : count;
}
