import type { VisitPlace, VisitStart } from '../../../src/domain/visit/visit-start.ts';
import type { KnownVisit } from '../../../src/records/visit-log.ts';

export const MAY = '2026-05-03T08:00:00.000Z';

export const R640: VisitPlace = {
  uuid: '4c4c4544-0042-3510-8052-b4c04f4d4d32',
  serial: 'B5RM2M2',
  product: 'PowerEdge R640',
  macs: ['0c:c4:7a:00:00:01', '0c:c4:7a:00:00:02'],
};
export const OTHER: VisitPlace = { uuid: '4c4c4544-0051-4d10-8034-c4c04f333232', serial: 'C9QM4X1', macs: ['0c:c4:7a:99:00:01'] };

export function startOf(change: Partial<VisitStart> = {}): VisitStart {
  return { id: '0123abcd', number: 1, begunAt: MAY, isDayKnown: true, place: R640, ...change };
}

export function knownVisit(change: Partial<KnownVisit> = {}): KnownVisit {
  const start = change.start ?? startOf();
  return { start, places: [start.place], lastAt: start.begunAt, untold: new Set(), sealed: new Set(), tarballs: [], ...change };
}
