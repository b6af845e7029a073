import { messageOf } from '../../domain/values/message-of.ts';
import type { SegmentState } from '../../master/guard/segment-state.ts';
import { decideJoin, type JoinFacts, joinWords } from './decide-join.ts';

interface FollowJoinInput {
  storage: JoinFacts['storage'];
  states: ReadonlyMap<string, SegmentState>;
  /** what the master has to lose, at this moment */
  counts: () => Pick<JoinFacts, 'servedCount' | 'machineCount'>;
  /** has the warden make this machine a peer by that interface; it ends this master then */
  becomePeer: (interfaceName: string) => Promise<void>;
  /** it was refused: this machine stays a master */
  onStay: () => void;
  say: (...lines: string[]) => void;
}

export interface Joining {
  look(): void;
  /** the warden was asked, and has not refused */
  readonly isJoining: boolean;
}

/** Looks, when the state of an interface has changed, whether this machine is to be the peer of another one; each thing is said once. */
export function followJoin({ storage, states, counts, becomePeer, onStay, say }: FollowJoinInput): Joining {
  const told = new Set<string>();
  const tell = (...lines: string[]): void => {
    const key = lines.join('\n');
    if (lines.length === 0 || told.has(key)) return;
    told.add(key);
    say(...lines);
  };
  let isJoining = false;
  return {
    get isJoining() {
      return isJoining;
    },
    look: () => {
      if (isJoining) return;
      const decision = decideJoin({ storage, states, ...counts() });
      tell(...joinWords(decision));
      if (!decision.join) return;
      isJoining = true;
      becomePeer(decision.interface).catch((error: unknown) => {
        isJoining = false;
        tell(`it does not become a peer: ${messageOf(error)}`);
        onStay();
      });
    },
  };
}
