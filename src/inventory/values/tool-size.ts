/** `16384 MB`, `32 GB`, `4096 kB`, `1 TB` in bytes; undefined for words and for zero. The units are powers of 1024. */
export function parseSize(raw: string | undefined): number | undefined {
  const found = /^\s*(\d+)\s*(bytes?|[kMGTP]i?B)\b/i.exec(raw ?? '');
  const power = ['b', 'k', 'm', 'g', 't', 'p'].indexOf(found?.[2]?.charAt(0).toLowerCase() ?? '?');
  const size = Number(found?.[1]) * 1024 ** power;
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

/** Sectors in brackets behind a rounded size, as storcli has them: `3.638 TB [0x1d1c0beb0 Sectors]`. */
export function bracketSectors(text: string | undefined): number | undefined {
  const sectors = Number(/\[(0x[0-9a-f]{1,13}) sectors\]/i.exec(text ?? '')?.[1] ?? Number.NaN);
  return Number.isSafeInteger(sectors) && sectors > 0 ? sectors : undefined;
}

/** `512B`, `4 KB` as bytes. */
export function sectorBytes(text: string | undefined): number | undefined {
  const [, number, unit] = /^(\d{1,5})\s*(B|KB)$/i.exec(text?.trim() ?? '') ?? [];
  if (number === undefined || Number(number) === 0) return undefined;
  return Number(number) * (unit?.toUpperCase() === 'KB' ? 1024 : 1);
}

/** Zero, and what a product beyond 2^53 would be, is no size. */
export function product(count: number | undefined, bytes: number | undefined): number | undefined {
  const size = (count ?? Number.NaN) * (bytes ?? Number.NaN);
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}
