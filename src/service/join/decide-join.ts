import type { SegmentState } from '../../master/guard/segment-state.ts';

/** What a machine that booted from a medium knows before it becomes the peer of another one. */
export interface JoinFacts {
  /** where its records go; `ram`: what it booted from cannot be written to */
  storage: 'stick' | 'ram';
  /** the latest state of each interface */
  states: ReadonlyMap<string, SegmentState>;
  /** segments that it serves */
  servedCount: number;
  /** machines beside itself that have an address or a record from it */
  machineCount: number;
}

/** Whether it becomes a peer, and by which of its interfaces; if not, why. */
export type JoinDecision =
  | { join: true; interface: string }
  /** `alone`: nobody like it serves; the others: somebody does, on `interface` */
  | { join: false; why: 'alone' }
  | { join: false; why: 'has-stick' | 'serves' | 'has-machines' | 'listening'; interface: string };

/**
 * Whether a machine that would be a master becomes the peer of another one. It does so only where nothing can be lost: its records would be in RAM, it
 * serves nobody and knows of nobody, and has listened on every interface.
 */
export function decideJoin({ storage, states, servedCount, machineCount }: JoinFacts): JoinDecision {
  const name = [...states].find(([, state]) => isServedByAnother(state))?.[0];
  if (name === undefined) return { join: false, why: 'alone' };
  const all = [...states.values()].map(({ state }) => state);
  if (storage === 'stick') return { join: false, why: 'has-stick', interface: name };
  if (servedCount > 0) return { join: false, why: 'serves', interface: name };
  if (machineCount > 0) return { join: false, why: 'has-machines', interface: name };
  if (all.includes('probing')) return { join: false, why: 'listening', interface: name };
  return { join: true, interface: name };
}

/** Nothing is in the way there but a master of our kind, which serves already. */
function isServedByAnother(state: SegmentState): boolean {
  return (
    state.state === 'refused' &&
    state.reasons.length > 0 &&
    state.reasons.every(({ code, serves }) => code === 'other-recon' && serves === true)
  );
}

/** For the screen; nothing while there is nothing to tell. */
export function joinWords(decision: JoinDecision): string[] {
  if (decision.join)
    return [
      `another Recon master serves ${decision.interface}. What this machine booted from cannot be written to, so it becomes a peer of that one:`,
      'it sends its record there, and switches itself off when it has a BMC and a receipt.',
    ];
  const { why } = decision;
  if (why === 'alone' || why === 'listening') return [];
  return [
    `another Recon master serves ${decision.interface}, and this machine stays a master: ${STAYS[why]}.`,
    'To have all in one inventory: switch it off, and boot it from the network. Or merge the two tarballs afterwards (recon merge).',
  ];
}

const STAYS = {
  'has-stick': 'it has a stick to write to, and its own record goes there',
  serves: 'it serves another network',
  'has-machines': 'machines have an address or a record from it',
} as const;
