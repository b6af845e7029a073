/** `480.1 GB`, as it stands on a disk's label: in powers of 1000. */
export function sizeWords(sizeBytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;
  let [value, unit] = [sizeBytes / 1000, 0];
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value.toFixed(value < 100 ? 1 : 0)} ${units[unit]}`;
}
