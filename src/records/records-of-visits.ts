import { macWithHyphens } from '../domain/values/mac.ts';
import type { EarlierVisit } from '../domain/visit/visit-start.ts';
import type { StoredRevision } from './revisions.ts';
import type { KnownVisit } from './visit-log.ts';

/** The name by which visits.jsonl speaks of a record: `52-54-00-00-00-01/0001`. */
export function revisionName({ mac, revision }: Pick<StoredRevision, 'mac' | 'revision'>): string {
  return `${macWithHyphens(mac)}/${String(revision).padStart(4, '0')}`;
}

/**
 * The id of the visit that a record is of; undefined when no visit is known to be its. A receipt says it. One whose receipt is gone was in a tarball
 * of its visit. A record that never had one was there when a later visit began, or it is of the last one.
 */
export function visitIdOf(revision: StoredRevision, visits: readonly KnownVisit[]): string | undefined {
  if (revision.receipt !== undefined) return revision.receipt.visit?.id;
  const name = revisionName(revision);
  const sealedBy = visits.find(({ sealed }) => sealed.has(name));
  if (sealedBy !== undefined) return sealedBy.start.id;
  const next = visits.findIndex(({ untold }) => untold.has(name));
  return (next === -1 ? visits : visits.slice(0, next)).at(-1)?.start.id;
}

/** The records of each visit, those that name none first, and then the oldest visit. A visit without a record is none of them. */
export function recordsByVisit(
  revisions: readonly StoredRevision[],
  visits: readonly KnownVisit[],
): { visit: KnownVisit | undefined; revisions: StoredRevision[] }[] {
  const byId = Map.groupBy(revisions, (revision) => visitIdOf(revision, visits));
  return [undefined, ...visits].flatMap((visit) => {
    const own = byId.get(visit?.start.id);
    return own === undefined ? [] : [{ visit, revisions: own }];
  });
}

/** How much there is of each visit but the one with this id; of those whose records are encrypted only that they were. */
export function earlierVisits(revisions: readonly StoredRevision[], visits: readonly KnownVisit[], currentId: string): EarlierVisit[] {
  const read = recordsByVisit(revisions, visits)
    .filter(({ visit }) => visit?.start.id !== currentId)
    .map(earlierVisit);
  const told = new Set([currentId, ...read.map(({ visit }) => visit?.id)]);
  const unread = visits
    .filter(({ start, places }) => !told.has(start.id) && places.some(({ isHidden }) => isHidden === true))
    .map((visit): EarlierVisit => ({ ...earlierVisit({ visit, revisions: [] }), isUnread: true }));
  return [...read, ...unread].sort((a, b) => (a.visit?.number ?? 0) - (b.visit?.number ?? 0));
}

/** What other visits are told of one; where it was stays with its own records. */
export function earlierVisit({ visit, revisions }: { visit: KnownVisit | undefined; revisions: readonly StoredRevision[] }): EarlierVisit {
  const machines = new Set(revisions.map(({ mac }) => mac)).size;
  if (visit === undefined) return { machines };
  const { id, number, begunAt, isDayKnown } = visit.start;
  return { visit: { id, number, begunAt, isDayKnown }, machines };
}
