import { partPlaces } from '../report/trace/part-places.ts';
import type { Trace, TracedVisit } from '../report/trace/trace-text.ts';
import type { Visit } from '../tarball/visit.ts';

/**
 * Follows a part through visits, by serial number, World Wide Name, UUID or MAC address. The visits are told in the order of their times, or as they were
 * given where the clock of one was not set.
 */
export async function traceVisits(visits: readonly Visit[], wanted: string): Promise<Trace> {
  const traced: TracedVisit[] = [];
  for (const visit of visits) {
    const { path, site, createdAt } = visit;
    const places: TracedVisit['places'] = [];
    // older records of a merged tarball are of other visits: each tells where the part was then
    for await (const node of visit.nodes())
      if (node.origin === undefined && (node.sameAs === undefined || visit.sources !== undefined))
        for (const place of partPlaces(node, wanted)) places.push({ ...place, seenAt: node.storedAt ?? createdAt });
    traced.push({ path, site, at: visit.visit?.begunAt ?? createdAt, isDayKnown: visit.visit?.isDayKnown !== false, places });
  }
  const isOrdered = traced.every(({ isDayKnown }) => isDayKnown);
  if (isOrdered) traced.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const seen = traced.flatMap(({ places }) => places.map(({ seenAt }) => seenAt));
  return { wanted, lastSeenAt: (isOrdered ? seen.toSorted() : seen).at(-1) ?? null, visits: traced };
}
