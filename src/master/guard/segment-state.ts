import type { ServingDecision } from './decide.ts';

/**
 * What is known of one interface. Serve exactly while it is `quiet`, or `proxy-dhcp` where ProxyDHCP is wanted.
 * `gone` with `renamedTo`: it has another name now, under which it is probed anew.
 */
export type SegmentState = ServingDecision | { state: 'probing' } | { state: 'gone'; renamedTo?: string };

/** A decision that lets a segment be served, one way or the other. */
export type Servable = Extract<SegmentState, { state: 'quiet' | 'proxy-dhcp' }>;

export function isServable(state: SegmentState): state is Servable {
  return state.state === 'quiet' || state.state === 'proxy-dhcp';
}
