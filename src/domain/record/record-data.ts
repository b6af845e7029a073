import type { NodeRecord } from './node-record.ts';

type Sections = NodeRecord['sections'];
type DataOf<Section> = Section extends { status: 'ok'; data: infer Data } ? Data : never;

/** The sections of a record that could be read, by name. */
export type RecordData = { [Name in keyof Sections as string extends Name ? never : Name]?: DataOf<Sections[Name]> };

/** What a record found. A section that is absent, that failed, or that older images did not have, is a missing key. */
export function recordData(record: Pick<NodeRecord, 'sections'>): RecordData {
  const found = Object.entries(record.sections).flatMap(([name, section]) =>
    typeof section === 'object' && section !== null && 'status' in section && section.status === 'ok' && 'data' in section
      ? [[name, section.data]]
      : [],
  );
  return Object.fromEntries(found);
}
