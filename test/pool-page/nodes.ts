import type { NodeView } from '../../src/domain/pool/api-views.ts';

export const NOW_MS = Date.parse('2026-11-29T09:00:00Z');
export const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1000).toISOString();

/** A node as the head tells of it. */
export function nodeView(name: string, more: Partial<NodeView> = {}): NodeView {
  return {
    ...{ name, macs: ['52:54:00:66:00:01'], assigned: 'compute', next: { choice: 'compute', by: 'node' } },
    ...{ wouldRun: 'compute@3', wouldDiffer: false },
    ...more,
  };
}
