import type { NodeSummary } from '../../domain/api.ts';
import { type Arrivals, compareArrivals } from '../../domain/expected-machines.ts';
import { paceOf } from '../../domain/pace.ts';
import { countPhases } from '../../domain/phase.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { VisitFacts } from './visit-facts.ts';

/** The visit as a whole, without the long lists. */
export function visitSummary(visit: VisitFacts, nodes: readonly NodeSummary[]): VisitSummary {
  const {
    now,
    version,
    site,
    visit: start,
    earlier,
    storage,
    readable,
    stickSaid,
    segments,
    tarball,
    expected,
    discoveryOver,
    storageTrouble,
    actions,
  } = visit;
  const arrivals = expected === undefined ? undefined : compareArrivals(expected, nodes);
  const pace = paceOf(receiptTimes(nodes), now.getTime(), arrivals?.missingCount);
  return {
    now: now.toISOString(),
    version,
    ...definedOnly({ site, visit: start, earlier: earlier?.length ? [...earlier] : undefined }),
    counts: { total: nodes.length, ...countPhases(nodes, now.getTime()) },
    ...pace,
    segments: [...segments],
    storage,
    ...(readable === undefined || readable.length === 0 ? {} : { readable: [...readable] }),
    ...(stickSaid === undefined || stickSaid.length === 0 ? {} : { stickSaid: [...stickSaid] }),
    ...(tarball === undefined ? {} : { tarball: tarballView(tarball) }),
    ...(arrivals === undefined ? {} : { expected: { ...countsOf(arrivals), hasList: (expected?.machines ?? []).length > 0 } }),
    ...definedOnly({ discoveryOver, storageTrouble }),
    actions: [...actions],
  };
}

/** The same with the whole list of expected machines. */
export function visitInFull(visit: VisitFacts, nodes: readonly NodeSummary[]): VisitSummary {
  const { expected } = visit;
  const summary = visitSummary(visit, nodes);
  return expected === undefined ? summary : { ...summary, arrivals: { ...compareArrivals(expected, nodes) } };
}

/** The master's own record comes by another way and says nothing about the pace. */
function receiptTimes(nodes: readonly NodeSummary[]): number[] {
  return nodes
    .filter(({ hasReceipt, isMaster }) => hasReceipt && !isMaster)
    .map(({ stages }) => Date.parse(stages['receipt'] ?? ''))
    .filter((at) => !Number.isNaN(at));
}

function tarballView({ name, sizeBytes, sha256, machines, isCurrent, code, isWithoutCaptures }: NonNullable<VisitFacts['tarball']>) {
  return { name, sizeBytes, sha256, machines, isCurrent, ...definedOnly({ code, isWithoutCaptures }) };
}

function countsOf({ expectedCount, missingCount, missing, unexpected }: Arrivals) {
  return { expectedCount, missingCount, notSeenCount: missing.length, unexpectedCount: unexpected.length };
}
