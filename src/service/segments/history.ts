import type { SegmentView } from '../../domain/web-api.ts';
import type { SegmentState } from '../../master/guard/segment-state.ts';
import { stateWords } from '../../master/guard/state-words.ts';

type Earlier = NonNullable<SegmentView['earlier']>[number];

/** As much as a person reads; the log has all. */
const MOST = 10;

/** Why each interface was not served before: looking at it again does not make that undone. */
export interface SegmentHistory {
  note(interfaceName: string, state: SegmentState): void;
  /** oldest first, without what is so now */
  of(interfaceName: string): Earlier[];
}

export function segmentHistory({ now = (): Date => new Date() } = {}): SegmentHistory {
  const refusals = new Map<string, Earlier[]>();
  const current = new Map<string, Earlier>();
  return {
    note: (name, state) => {
      const before = current.get(name);
      if (before !== undefined) refusals.set(name, [...(refusals.get(name) ?? []), before].slice(-MOST));
      current.delete(name);
      if (state.state !== 'refused') return;
      const sentence = stateWords(name, state)
        .map((one) => one.sentence)
        .join(' ');
      current.set(name, { at: now().toISOString(), sentence });
    },
    of: (name) => refusals.get(name) ?? [],
  };
}
