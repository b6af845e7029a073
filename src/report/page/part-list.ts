import { cell } from '../html-text.ts';

/** A table of equal parts of a machine under its own heading; empty when there is none. Columns of which nothing is known are left out. */
export function partList<Part>(
  title: string,
  parts: readonly Part[] | undefined,
  columns: readonly (readonly [head: string, of: (part: Part) => string | number | undefined])[],
): string {
  if (parts === undefined || parts.length === 0) return '';
  const known = columns.filter(([, of]) => parts.some((part) => !['', undefined].includes(of(part) as string | undefined)));
  const rows = parts.map((part) => `<tr>${known.map(([, of]) => cell(of(part))).join('')}</tr>\n`);
  return `<h4>${title}</h4>
<div class="scroll"><table>
<tr>${known.map(([head]) => `<th>${head}</th>`).join('')}</tr>
${rows.join('')}</table></div>
`;
}

/** What is known of several things, with commas. */
export function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

/** `2 sockets`; undefined stays so. */
export function withUnit(count: number | undefined, unit: string): string | undefined {
  return count === undefined ? undefined : `${count} ${unit}`;
}
