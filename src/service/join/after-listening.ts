import { isAboutToBeServed } from '../../master/guard/decide.ts';
import { isServable, type SegmentState } from '../../master/guard/segment-state.ts';

type Note = (interfaceName: string, state: SegmentState) => void;

export interface AfterListening {
  note: Note;
  /** what waits is served now; when the machine does not become a peer after all */
  release(): void;
}

/**
 * For a master whose records would be in RAM: nothing is served before it has listened on every port, because on another one it may find a master whose peer it
 * becomes, and who serves a network stays a master. That a port may not be served any more is passed on at once. `isLeaving`: it becomes a peer.
 */
export function afterListening(serve: Note, isLeaving: () => boolean): AfterListening {
  const waiting = new Map<string, SegmentState>();
  const listening = new Set<string>();
  const release = (): void => {
    if (isLeaving() || listening.size > 0) return;
    for (const [name, state] of waiting) serve(name, state);
    waiting.clear();
  };
  return {
    release,
    note: (name, state) => {
      if (isListening(state)) listening.add(name);
      else listening.delete(name);
      if (isServable(state)) waiting.set(name, state);
      else {
        waiting.delete(name);
        serve(name, state);
      }
      release();
    },
  };
}

/** Or about to look again: the other one begins to serve in a moment. */
function isListening(state: SegmentState): boolean {
  return state.state === 'probing' || (state.state === 'refused' && isAboutToBeServed(state));
}
