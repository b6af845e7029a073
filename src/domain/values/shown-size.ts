/** `137438953472` as `128 GiB`; for memory. */
export function binarySize(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

/** `480103981056` as `480 GB`; for disks, which are sold so. */
export function decimalSize(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
}

function scaled(bytes: number, step: number, units: readonly string[]): string {
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}
