/** How a value is stored: `json` is the whole record, `mac` an address that PostgreSQL keeps as `macaddr`. */
export type ColumnType = 'text' | 'bigint' | 'real' | 'boolean' | 'timestamp' | 'mac' | 'json';

/** `undefined` and null are both "not reported". An object is stored as JSON. */
export type CellValue = string | number | boolean | object | null | undefined;

export interface Column<Source> {
  readonly name: string;
  readonly type: ColumnType;
  readonly about: string;
  of(source: Source, position: number): CellValue;
}

/** The first columns of every table but `visits`. */
export const KEY_COLUMNS = [
  { name: 'visit', type: 'text', about: 'name of the visit' },
  { name: 'mac', type: 'mac', about: 'address that the machine is listed by' },
] as const;

/** A column whose value is not wanted to throw: of `undefined` it takes undefined. */
export function column<Source>(
  name: string,
  type: ColumnType,
  about: string,
  of: (source: Source, position: number) => CellValue,
): Column<Source> {
  return { name, type, about, of };
}

/** Where a row stands in its list: names such as locators are not unique. */
export function position<Source>(about: string): Column<Source> {
  return column<Source>('position', 'bigint', about, (_source, at) => at);
}
