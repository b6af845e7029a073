import type { NodeSummary } from '../../domain/api.ts';
import type { LiveChanges, VisitSummary } from '../../domain/web-api.ts';

/** What the page has been told by the master so far. */
export interface Known {
  /** where the master's list stood then; undefined before the first word from it */
  id: string | undefined;
  machines: ReadonlyMap<string, NodeSummary>;
  visit: VisitSummary | undefined;
  /** the master's clock minus ours, in milliseconds */
  clockOffsetMs: number;
}

export const NOTHING_KNOWN: Known = { id: undefined, machines: new Map(), visit: undefined, clockOffsetMs: 0 };

/** What is known after a message from the master, which came at `receivedMs` by our own clock. */
export function withChanges(known: Known, changes: LiveChanges, receivedMs: number): Known {
  const machines = new Map(changes.isWhole ? [] : known.machines);
  for (const node of changes.nodes) machines.set(node.mac, node);
  for (const mac of changes.gone) machines.delete(mac);
  const visit = changes.visit ?? known.visit;
  const clockOffsetMs = changes.visit === undefined ? known.clockOffsetMs : Date.parse(changes.visit.now) - receivedMs;
  return { id: changes.id, machines, visit, clockOffsetMs };
}
