import type { NodeSummary } from '../../domain/api.ts';
import { type Arrivals, compareArrivals } from '../../domain/expected-machines.ts';
import { paceOf } from '../../domain/pace.ts';
import type { ControlAction } from '../../domain/page-paths.ts';
import { countPhases } from '../../domain/phase.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { AppDeps } from '../app-deps.ts';
import type { WebDeps } from './web-deps.ts';

/** The visit as a whole, without the long lists. */
export function visitSummary({ web, manifest, storage, surroundings }: AppDeps, nodes: readonly NodeSummary[]): VisitSummary {
  const now = web.now();
  const arrivals = web.expected === undefined ? undefined : compareArrivals(web.expected, nodes);
  const pace = paceOf(receiptTimes(nodes), now.getTime(), arrivals?.missingCount);
  const tarball = web.tarball();
  const { discoveryOver } = surroundings?.() ?? {};
  return {
    now: now.toISOString(),
    version: manifest.version,
    ...definedOnly({ site: web.site }),
    counts: { total: nodes.length, ...countPhases(nodes, now.getTime()) },
    ...pace,
    segments: [...web.segments()],
    storage,
    ...(tarball === undefined ? {} : { tarball: tarballView(tarball) }),
    ...(arrivals === undefined ? {} : { expected: { ...countsOf(arrivals), hasList: (web.expected?.machines ?? []).length > 0 } }),
    ...definedOnly({ discoveryOver }),
    actions: actionsOf(web, discoveryOver !== undefined),
  };
}

/** The same with the whole list of expected machines. */
export function visitInFull(deps: AppDeps, nodes: readonly NodeSummary[]): VisitSummary {
  const { expected } = deps.web;
  const summary = visitSummary(deps, nodes);
  return expected === undefined ? summary : { ...summary, arrivals: { ...compareArrivals(expected, nodes) } };
}

/** The master's own record comes by another way and says nothing about the pace. */
function receiptTimes(nodes: readonly NodeSummary[]): number[] {
  return nodes
    .filter(({ hasReceipt, isMaster }) => hasReceipt && !isMaster)
    .map(({ stages }) => Date.parse(stages['receipt'] ?? ''))
    .filter((at) => !Number.isNaN(at));
}

function tarballView({ name, sizeBytes, sha256, machines, isCurrent, code }: NonNullable<ReturnType<WebDeps['tarball']>>) {
  return { name, sizeBytes, sha256, machines, isCurrent, ...definedOnly({ code }) };
}

function countsOf({ expectedCount, missingCount, missing, unexpected }: Arrivals) {
  return { expectedCount, missingCount, notSeenCount: missing.length, unexpectedCount: unexpected.length };
}

function actionsOf({ onPowerOff, onDone }: WebDeps, isDiscoveryOver: boolean): ControlAction[] {
  return [
    'seal',
    ...(onDone === undefined || isDiscoveryOver ? [] : (['done'] as const)),
    ...(onPowerOff === undefined ? [] : (['power-off'] as const)),
  ];
}
