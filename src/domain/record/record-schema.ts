import { z } from 'zod';
import { unitOfName } from '../values/units.ts';
import { NodeRecord } from './node-record.ts';

/** The part of a JSON Schema that our fields use. */
export interface FieldSchema {
  description?: string;
  source?: string;
  unit?: string;
  properties?: Record<string, FieldSchema>;
  items?: FieldSchema;
  oneOf?: FieldSchema[];
}

/** JSON Schema (draft 2020-12) of the node record, with description, source and unit of the fields. */
export function nodeRecordSchema(): FieldSchema {
  return z.toJSONSchema(NodeRecord) as FieldSchema;
}

/** As {@link nodeRecordSchema}, as the text of the committed file. */
export function nodeRecordSchemaText(): string {
  return `${JSON.stringify(nodeRecordSchema(), null, 2)}\n`;
}

export interface RecordField extends FieldSchema {
  /** `cpu.model`, `disks[].serial`, `nics[].lldp[].portId`: section, then keys; brackets for "each of" */
  path: string;
}

/** All fields of all sections, in the order of the schema. */
export function recordFields(schema: FieldSchema = nodeRecordSchema()): RecordField[] {
  const sections = schema.properties?.['sections']?.properties ?? {};
  return Object.entries(sections).flatMap(([name, section]) => {
    const data = section.oneOf?.find((one) => one.properties?.['data'] !== undefined)?.properties?.['data'];
    return data === undefined ? [] : below(name, data);
  });
}

/** As {@link recordFields}, for what is worked out from the sections and stands beside them. */
export function derivedFields(schema: FieldSchema = nodeRecordSchema()): RecordField[] {
  return ['identity', 'findings'].flatMap((name) => {
    const field = schema.properties?.[name];
    return field === undefined ? [] : [{ ...field, path: name }, ...below(name, field)];
  });
}

function below(path: string, schema: FieldSchema): RecordField[] {
  if (schema.items !== undefined) return below(`${path}[]`, schema.items);
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const at = `${path}.${key}`;
    return [{ ...field, path: at }, ...below(at, field)];
  });
}

/** The unit that a field's name ends with, or that it declares; undefined where it is a name, a flag or a count. */
export function unitOf({ path, unit }: RecordField): string | undefined {
  return unit ?? unitOfName(path)?.unit;
}
