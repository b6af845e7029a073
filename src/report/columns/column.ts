/**
 * What a column holds: `mac` is an Ethernet address as its tool printed it, `mark` is true or missing, which then means no, and `texts` is a
 * list.
 */
export type ColumnType = 'text' | 'texts' | 'bigint' | 'boolean' | 'mark' | 'mac';

/** A fact of a machine or of one of its parts, listed once for everything that shows it. The unit is in the name. */
export interface Column<Source, Value = unknown> {
  /** in camel case, as in the record; SQL has it in snake case */
  readonly name: string;
  /** its head on a page; missing where no page shows it */
  readonly label?: string;
  readonly type: ColumnType;
  /** a line for people who ask what the column is */
  readonly about: string;
  /** undefined: not reported */
  of(source: Source): Value;
}

type FactValue = string | number | boolean | readonly string[] | undefined;
type Spec<Source> = Omit<Column<Source, FactValue>, 'name'>;
type Named<Specs> = { readonly [Name in keyof Specs & string]: Specs[Name] & { readonly name: Name } };

/** A list of columns, each by its name, in the order in which tables have them. */
export function columnsOf<Source>() {
  return <const Specs extends Readonly<Record<string, Spec<Source>>>>(specs: Specs): Named<Specs> =>
    Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { name, ...spec }])) as Named<Specs>;
}

/** Some columns of a list, in the order of these names. */
export function picked<Name extends string, Of extends Column<never>>(
  list: Readonly<Record<Name, Of>>,
  names: readonly NoInfer<Name>[],
): Of[] {
  return names.map((name) => list[name]);
}

/** `memoryTotalBytes` as `memory_total_bytes`: names where capital letters do not count. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
