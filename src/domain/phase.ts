import type { NodeSummary } from './api.ts';
import type { Stage } from './stages.ts';

/** What a person between racks asks of a machine, in the order of a visit; `stuck` stands beside it. */
export const PHASES = ['found', 'loading', 'inventorying', 'done', 'stuck'] as const;
export type Phase = (typeof PHASES)[number];

/** How long a machine may say nothing before it counts as stuck, in milliseconds; DHCP leases are renewed more often than that. */
export const SILENT_MS = 10 * 60 * 1000;

/** The phase of a machine at a time of the master's clock. A stored record is never taken back: such a machine is done, with all its ports. */
export function phaseOf(node: Pick<NodeSummary, 'stage' | 'stages' | 'hasReceipt' | 'portOf' | 'verdict'>, nowMs: number): Phase {
  if (node.hasReceipt || node.portOf !== undefined || isOfPool(node.stage)) return 'done';
  if (node.verdict !== undefined || nowMs - lastSeenMs(node) > SILENT_MS) return 'stuck';
  return PHASE_OF_STAGE[node.stage];
}

/** A pool on the stick gave it another system: nothing more is expected of it here. */
function isOfPool(stage: Stage): boolean {
  return stage === 'handover' || stage === 'up';
}

/** Time of the latest sign of life; 0 when there is none. */
export function lastSeenMs({ stages }: Pick<NodeSummary, 'stages'>): number {
  return Math.max(0, ...Object.values(stages).map((at) => Date.parse(at) || 0));
}

/** How many machines are in each phase. */
export function countPhases(nodes: readonly NodeSummary[], nowMs: number): Record<Phase, number> {
  const counts: Record<Phase, number> = { found: 0, loading: 0, inventorying: 0, done: 0, stuck: 0 };
  for (const node of nodes) counts[phaseOf(node, nowMs)] += 1;
  return counts;
}

const PHASE_OF_STAGE: Record<Stage, Phase> = {
  discover: 'found',
  offer: 'found',
  request: 'found',
  ack: 'found',
  loader: 'loading',
  script: 'loading',
  kernel: 'loading',
  initrd: 'loading',
  'root-image': 'loading',
  config: 'loading',
  handover: 'done',
  up: 'done',
  gone: 'loading',
  agent: 'inventorying',
  collect: 'inventorying',
  upload: 'inventorying',
  receipt: 'done',
  'power-off': 'done',
  'own-disk': 'done',
};
