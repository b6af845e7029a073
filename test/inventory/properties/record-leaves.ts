import type { NodeRecord } from '../../../src/domain/record/node-record.ts';

export interface Leaf {
  /** `memory.dimms[].serial` */
  path: string;
  value: unknown;
}

/** Every value in the data of the record's sections. */
export function leavesOf(record: NodeRecord): Leaf[] {
  return [...dataOfSections(record)].flatMap(([name, data]) => below(name, data));
}

/** By the name of the section; undefined for one that has no data. */
export function dataOfSections(record: NodeRecord): Map<string, unknown> {
  return new Map(Object.entries(record.sections).map(([name, section]) => [name, (section as { data?: unknown }).data]));
}

function below(path: string, value: unknown): Leaf[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => below(`${path}[]`, item));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, item]) => below(`${path}.${key}`, item));
  return [{ path, value }];
}
