const MIB = 1024 * 1024;

/** `45 s`, `12 min`, `3 h`. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/** `768 MiB`, `1 GiB`: GiB only where it is a whole number of them. */
export function memory(bytes: number): string {
  const mebibytes = Math.round(bytes / MIB);
  return mebibytes > 0 && mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}

/** `1,234,567`: long numbers are read in threes. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
