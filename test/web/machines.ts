import type { NodeSummary } from '../../src/domain/api.ts';
import type { VisitSummary } from '../../src/domain/web-api.ts';

export const NOW_MS = Date.parse('2026-11-20T12:00:00.000Z');

/** A machine as the master lists it; its latest step was a minute ago. */
export function machine(mac: string, change: Partial<NodeSummary> = {}): NodeSummary {
  const stage = change.stage ?? 'ack';
  const at = new Date(NOW_MS - 60_000).toISOString();
  return { mac, stage, stages: { [stage]: at }, hasReceipt: false, isMaster: false, ...change };
}

export function visit(change: Partial<VisitSummary> = {}): VisitSummary {
  return {
    now: new Date(NOW_MS).toISOString(),
    version: '13.0.1',
    counts: { total: 0, found: 0, loading: 0, inventorying: 0, done: 0, stuck: 0 },
    segments: [],
    storage: 'stick',
    actions: ['seal'],
    ...change,
  };
}
