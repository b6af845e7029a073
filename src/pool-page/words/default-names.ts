/** A name that ends in a number, in two parts. */
const NUMBERED = /^(.*?)(\d{1,6})$/;

/**
 * Names for new nodes that go on with those that are there: after node-000 … node-039 comes node-040. Of several rows of numbers the longest
 * counts; numbers that are free in between stay free, somebody may have meant it so.
 */
export function defaultNames(taken: readonly string[], count: number, first?: string): string[] {
  const names = new Set(taken);
  const start = NUMBERED.exec(first ?? afterLast(taken));
  // `gateway` cannot be counted on: gateway-2 follows
  const [before, digits] = start === null ? [`${first ?? 'node'}-`, '1'] : [start[1] ?? '', start[2] ?? ''];
  const found: string[] = start === null && first !== undefined && count > 0 ? [first] : [];
  for (let number = Number(digits) + found.length; found.length < count; number += 1) {
    const name = `${before}${String(number).padStart(digits.length, '0')}`;
    if (!names.has(name)) found.push(name);
  }
  return found;
}

function afterLast(taken: readonly string[]): string {
  const rows = new Map<string, string[]>();
  for (const name of taken) {
    const [, before, digits] = NUMBERED.exec(name) ?? [];
    if (before !== undefined && digits !== undefined) rows.set(before, [...(rows.get(before) ?? []), digits]);
  }
  const [longest] = [...rows].sort(([, a], [, b]) => b.length - a.length);
  if (longest === undefined) return 'node-000';
  const [before, numbers] = longest;
  const last = [...numbers].sort((a, b) => Number(a) - Number(b)).at(-1) ?? '0';
  return `${before}${String(Number(last) + 1).padStart(last.length, '0')}`;
}
