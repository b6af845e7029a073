import type { SegmentRange } from '../../domain/segment-range.ts';
import type { Log } from '../../platform/log.ts';
import type { Link } from '../../platform/network/interfaces.ts';
import type { OwnAddresses } from './classify.ts';
import type { InterfaceAccess } from './interface-access.ts';
import type { LinkFlaps } from './link-flaps.ts';
import type { Policy } from './policy.ts';
import type { SegmentState } from './segment-state.ts';
import type { SharedSegments } from './shared-segments.ts';

/** What an interface is guarded with. */
export interface GuardedLinkOptions {
  name: string;
  access: InterfaceAccess;
  probeId: number;
  /** how long a segment is probed before it counts as quiet */
  probeMs: number;
  reprobeMs: number;
  ownSubnets: readonly string[];
  policy: Policy;
  /** false: it is only looked at, and quiet or not, others go before us; true when missing */
  serves?: boolean;
  flaps: LinkFlaps;
  surroundings: () => OwnAddresses;
  /** the ranges that the segment may be served with, best first; none: whoever serves it chooses by himself */
  ranges?: (others: ReadonlySet<number>) => readonly SegmentRange[];
  /** numbers of the ranges that other interfaces have */
  otherRanges?: () => ReadonlySet<number>;
  /** the interface of ours that sends probes with that mark */
  ownerOf: (probeId: number) => string | undefined;
  shared: SharedSegments;
  onState: (state: SegmentState) => void;
  log: Log;
}

/** What changes while an interface is guarded. */
export interface LinkState {
  /** as it was when we last looked; undefined before that */
  link: Link | undefined;
  /** a foreign server came while we served: only a person lets it begin again */
  isHeld: boolean;
  /** the number of losses that the person was told; the same state with another number would be told again and again */
  namedLosses: number | undefined;
  /** another machine like us was heard in this round, and leaves the segment to us */
  rivalYields?: boolean;
  /** the networks of another machine like us that served here in an earlier round: its machines may outlive it */
  rivalNetworks?: readonly string[];
  /** announcements of a switch that are in the log already */
  noted: Set<string>;
}

/** What one round works with. */
export interface Round {
  options: GuardedLinkOptions;
  state: LinkState;
  /** aborted when the link changes or the guard ends: nothing that was found counts any more */
  signal: AbortSignal;
}
