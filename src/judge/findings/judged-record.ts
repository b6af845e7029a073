import type { NodeRecord } from '../../domain/record/node-record.ts';

/** A record with the name that its machine is listed by. */
export interface NamedRecord {
  name: string;
  record: Pick<NodeRecord, 'sections' | 'rawFiles'>;
}

/** The data of a section, undefined unless it is ok. */
export function sectionData<T>(section: { status: string; data?: T } | undefined): T | undefined {
  return section?.status === 'ok' ? section.data : undefined;
}

/** The value that more than half of the list has; undefined without such a majority. */
export function majority<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].find(([, times]) => times * 2 > values.length)?.[0];
}
