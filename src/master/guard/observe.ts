import { definedOnly } from '../../domain/values/defined-only.ts';
import { classify, type Evidence, type OwnAddresses } from './classify.ts';
import type { Frame } from './packets/frame.ts';
import { type ProbeKind, probeMarkOf } from './packets/probes.ts';
import type { Rival } from './rival.ts';

/** What one frame means on one of our interfaces. */
export type Observation =
  | { kind: 'own-probe'; probe: ProbeKind }
  | { kind: 'shared'; otherInterface: string }
  | { kind: 'rival'; rival: Rival }
  | { kind: 'evidence'; evidence: Evidence };

export interface ObserverOptions {
  /** the mark of this interface's own probes */
  probeId: number;
  /** the interface of ours whose probes have that mark */
  ownerOf: (probeId: number) => string | undefined;
  surroundings: () => OwnAddresses;
}

/**
 * Tells own probes, which prove that we can send and hear; probes of another interface of ours, which prove that both hang on
 * one segment; probes of another machine like us; and evidence of somebody else.
 */
export function observe(frame: Frame, { probeId, ownerOf, surroundings }: ObserverOptions): Observation | undefined {
  const mark = probeMarkOf(frame);
  if (mark?.probeId === probeId) return { kind: 'own-probe', probe: mark.kind };
  const otherInterface = mark === undefined ? undefined : ownerOf(mark.probeId);
  if (otherInterface !== undefined) return { kind: 'shared', otherInterface };
  if (mark !== undefined) {
    const { probeId: otherId, serves, by } = mark;
    return { kind: 'rival', rival: { probeId: otherId, ...definedOnly({ serves, by }) } };
  }
  const evidence = classify(frame, surroundings());
  return evidence === undefined ? undefined : { kind: 'evidence', evidence };
}
