/** A name that ends in a number, in two parts. */
const NUMBERED = /^(.*?)(\d{1,9})$/;

/** The selector that means exactly these nodes, with rows of numbers written short: `node-[000-039,041],gw`. */
export function selectorText(names: readonly string[]): string {
  const rows = new Map<string, { before: string; members: string[] }>();
  for (const name of names) {
    const [, before = name, digits = ''] = NUMBERED.exec(name) ?? [];
    const key = `${before}\n${digits.length}`;
    const row = rows.get(key) ?? { before, members: [] };
    row.members.push(name);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ before, members }) => rowText(before, members)).join(',');
}

function rowText(before: string, members: readonly string[]): string {
  const digits = members.map((name) => NUMBERED.exec(name)?.[2] ?? '').sort((a, b) => a.localeCompare(b));
  if (members.length === 1 || digits[0] === '') return members.join(',');
  const spans: [first: string, last: string][] = [];
  for (const one of digits) {
    const span = spans.at(-1);
    if (span !== undefined && Number(one) === Number(span[1]) + 1) span[1] = one;
    else spans.push([one, one]);
  }
  return `${before}[${spans.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',')}]`;
}
