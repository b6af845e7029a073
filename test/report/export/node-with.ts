import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import type { VisitNode } from '../../../src/tarball/visit.ts';
import { recordFor } from '../../master/fixture-records.ts';

/** A machine of a visit with these sections in the place of those of the small record; undefined for one that is absent. */
export function nodeWith(data: Readonly<Record<string, unknown>>, more: Partial<VisitNode> = {}): VisitNode {
  const record = recordFor('S1');
  const own = Object.entries(data).map(([name, of]) => [name, of === undefined ? { status: 'absent' } : { status: 'ok', data: of }]);
  const sections = { ...record.sections, ...Object.fromEntries(own) } as NodeRecord['sections'];
  return { mac: '52:54:00:00:00:01', revision: 1, record: { ...record, sections }, ...more };
}
