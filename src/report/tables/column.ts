import { parseMac } from '../../domain/values/mac.ts';
import { type Column, type ColumnType, snakeCase } from '../columns/column.ts';

/** How a value is stored: `json` is the whole record, `mac` an address that PostgreSQL keeps as `macaddr`. */
export type SqlType = 'text' | 'bigint' | 'double' | 'boolean' | 'timestamp' | 'mac' | 'json';

/** `undefined` and null are both "not reported". An object is stored as JSON. */
export type ColumnValue = string | number | boolean | object | null | undefined;

export interface SqlColumn<Source> {
  readonly name: string;
  readonly type: SqlType;
  readonly about: string;
  of(source: Source, position: number): ColumnValue;
}

/** The first columns of every table but `visits`. */
export const KEY_COLUMNS = [
  { name: 'visit', type: 'text', about: 'name of the visit' },
  { name: 'mac', type: 'mac', about: 'address that the machine is listed by' },
] as const;

/** A column that only the tables have. */
export function column<Source>(
  name: string,
  type: SqlType,
  about: string,
  of: (source: Source, position: number) => ColumnValue,
): SqlColumn<Source> {
  return { name, type, about, of };
}

/** Where a row stands in its list: names such as locators are not unique. */
export function position<Source>(about: string): SqlColumn<Source> {
  return column<Source>('position', 'bigint', about, (_source, at) => at);
}

/** The columns of a list, so that a new one is in the table at once; some are not wanted there, and some have another name. */
export function sqlColumns<Source, Name extends string>(
  list: Readonly<Record<Name, Column<Source, ColumnValue>>>,
  more: { without?: readonly NoInfer<Name>[]; names?: { readonly [Some in NoInfer<Name>]?: string } } = {},
): SqlColumn<Source>[] {
  const wanted = (Object.keys(list) as Name[]).filter((name) => more.without?.includes(name) !== true);
  return wanted.flatMap((name) => {
    const { type, about, of } = list[name];
    const stored = STORED[type];
    return stored === undefined
      ? []
      : [column(more.names?.[name] ?? snakeCase(name), stored.as, about, (source) => stored.value(of(source)))];
  });
}

/** A list has no form that all databases read; json_extract on the record gives it. */
const STORED: Readonly<Record<ColumnType, { as: SqlType; value: (value: ColumnValue) => ColumnValue } | undefined>> = {
  text: { as: 'text', value: (text) => text },
  bigint: { as: 'bigint', value: (number) => number },
  boolean: { as: 'boolean', value: (flag) => flag },
  mark: { as: 'boolean', value: (flag) => flag === true },
  // InfiniBand's addresses are longer, and PostgreSQL refuses them
  mac: { as: 'mac', value: (text) => parseMac(String(text ?? '')) },
  texts: undefined,
};
