/**
 * Bytes of a size as a tool prints and rounds it; undefined of any other text. `TB` is 1024⁴ bytes with storcli, perccli, MegaCli and multipath, which writes
 * only `T`; ssacli has it of its volumes (two drives of `100 GB` are a mirror of `93.1 GB`), and of drives it says what their label says: 1000⁴.
 */
export function printedBytes(printed: string | undefined, tool: string, of: 'drive' | 'volume'): number | undefined {
  const [, number, unit = '', binary] = /^\s*(\d+(?:\.\d+)?)\s*([KMGTP])(i?)B?\s*$/i.exec(printed ?? '') ?? [];
  if (number === undefined) return undefined;
  const step = tool === 'ssacli' && of === 'drive' && binary === '' ? 1000 : 1024;
  const bytes = Math.round(Number(number) * step ** ('KMGTP'.indexOf(unit.toUpperCase()) + 1));
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}
