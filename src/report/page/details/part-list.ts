import { knownWords } from '../../../domain/values/known-words.ts';
import { unitOfName } from '../../../domain/values/units.ts';
import type { Column } from '../../columns/column.ts';
import { cell } from '../../html-text.ts';

/** A column of a table of parts: its head, and what stands in its cells. */
export type PartColumn<Part> = readonly [head: string, of: (part: Part) => string | number | undefined];

type Labelled<Part, Value> = Column<Part, Value> & { readonly label: string };

/** A table of equal parts of a machine under its own heading; empty when there is none. Columns of which nothing is known are left out. */
export function partList<Part>(title: string, parts: readonly Part[] | undefined, columns: readonly PartColumn<Part>[]): string {
  if (parts === undefined || parts.length === 0) return '';
  const known = columns
    .map(([head, of]) => ({ head, values: parts.map((part) => of(part)) }))
    .filter(({ values }) => values.some((value) => value !== undefined && value !== ''));
  const rows = parts.map((_, at) => `<tr>${known.map(({ values }) => cell(values[at])).join('')}</tr>\n`);
  return `<h4>${title}</h4>
<div class="scroll"><table>
<tr>${known.map(({ head }) => `<th>${head}</th>`).join('')}</tr>
${rows.join('')}</table></div>
`;
}

/** A column of a list as a page shows it: with the unit of its name, or in other words. */
export function shown<Part>(column: Labelled<Part, string | number | undefined>): PartColumn<Part>;
export function shown<Part, Value>(column: Labelled<Part, Value>, words: (value: Value) => string | undefined): PartColumn<Part>;
export function shown<Part>(
  { name, label, of }: Labelled<Part, string | number | undefined>,
  words = (value: string | number | undefined): string | number | undefined => withOwnUnit(name, value),
): PartColumn<Part> {
  return [label, (part) => words(of(part))];
}

function withOwnUnit(name: string, value: string | number | undefined): string | number | undefined {
  const unit = unitOfName(name)?.unit;
  return typeof value === 'number' && unit !== undefined ? withUnit(value, unit) : value;
}

/** What is known of several things, with commas. */
export function joined(...parts: readonly (string | undefined)[]): string {
  return knownWords(parts, ', ');
}

/** `2 sockets`; undefined stays so. */
export function withUnit(count: number | undefined, unit: string): string | undefined {
  return count === undefined ? undefined : `${count} ${unit}`;
}
