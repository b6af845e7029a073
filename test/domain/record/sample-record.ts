import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { type FieldSchema, nodeRecordSchema, recordFields } from '../../../src/domain/record/record-schema.ts';

/** What a JSON Schema says besides description and fields. */
interface Schema extends FieldSchema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  /** of a counter that may be decimal text: the number first */
  anyOf?: Schema[];
}

type Fields = Record<string, unknown>;

/** Paths of all fields that hold a value of their own, and no fields below it. */
export const LEAF_FIELDS: readonly string[] = leafFields();

/** A record in which every field of the schema has a value, each list one entry, and each text names its field. */
export function fullRecord(): NodeRecord {
  return recordWith('all');
}

/** A record that has every section, with one entry in each list of parts, and nothing else than a record has to have. */
export function bareRecord(): NodeRecord {
  return recordWith('required');
}

/** The same record with another value in a field (undefined: without it); the parts around the field have to be there. */
export function withField(record: NodeRecord, path: string, value: unknown): NodeRecord {
  const copy = structuredClone(record);
  const { holder, key } = placeOf(copy, path);
  if (holder === undefined) throw new Error(`the record has no place for ${path}`);
  if (value === undefined) delete holder[key];
  else holder[key] = value;
  return copy;
}

/** What stands in a field; of lists in the first entry. */
export function valueAt(record: NodeRecord, path: string): unknown {
  const { holder, key } = placeOf(record, path);
  return holder?.[key];
}

function placeOf(record: NodeRecord, path: string): { holder: Fields | undefined; key: string } {
  const [section = '', ...keys] = path.replaceAll('[]', '.0').split('.');
  const key = keys.pop() ?? '';
  let holder = (record.sections as Record<string, { data?: unknown } | undefined>)[section]?.data as Fields | undefined;
  for (const part of keys) holder = holder?.[part] as Fields | undefined;
  return { holder, key };
}

function recordWith(wanted: 'all' | 'required'): NodeRecord {
  const sections = (nodeRecordSchema() as Schema).properties?.['sections']?.properties ?? {};
  const made = Object.entries(sections).map(([name, section]) => {
    const data = section.oneOf?.find((one) => one.properties?.['data'] !== undefined)?.properties?.['data'] ?? {};
    return [name, { status: 'ok', data: valueFor(data, name, wanted) }];
  });
  return NodeRecord.parse({ schemaVersion: 1, sections: Object.fromEntries(made), collectors: [] });
}

/** Parts and lists of parts are always there, so that each field has its place. */
function valueFor(schema: Schema, path: string, wanted: 'all' | 'required'): unknown {
  if (schema.items !== undefined) return [valueFor(schema.items, `${path}[]`, wanted)];
  if (schema.properties === undefined) return leafValue(schema, path);
  const isThere = (key: string, field: Schema): boolean =>
    wanted === 'all' || schema.required?.includes(key) === true || (field.items ?? field).properties !== undefined;
  const fields = Object.entries(schema.properties).filter(([key, field]) => isThere(key, field));
  return Object.fromEntries(fields.map(([key, field]) => [key, valueFor(field, `${path}.${key}`, wanted)]));
}

function leafValue({ type, enum: words, const: only, anyOf }: Schema, path: string): unknown {
  if (anyOf?.[0] !== undefined) return leafValue(anyOf[0], path);
  if (only !== undefined) return only;
  if (words !== undefined) return words[0];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return 1000 + LEAF_FIELDS.indexOf(path.replace(/\[\]$/, ''));
  return type === 'string' ? `${path} 1` : { key: `${path} 1` };
}

function leafFields(): string[] {
  const paths = recordFields().map(({ path }) => path);
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[]`)));
}
