import { isLater, type Stage } from '../../domain/stages.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { MachineState } from '../ledger/machine/state.ts';
import { dhcpVerdict, loaderVerdict } from './address.ts';
import { filesVerdict, rootImageVerdict, scriptVerdict } from './files.ts';
import { MOST_SCRIPTS, SLOW_LEASE_SECONDS } from './limits.ts';
import { agentVerdict, collectVerdict, lostVerdict, uploadVerdict } from './peer.ts';
import type { Stuck, Surroundings } from './stuck-machine.ts';
import { durationWords } from './words.ts';

/**
 * The verdict on a machine without a receipt; undefined while it is on its way. Pure: time comes with the surroundings, and a machine that
 * moves on has none any more.
 */
export function judgeMachine(state: MachineState, surroundings: Surroundings): Verdict | undefined {
  const since = (at: string): number => surroundings.nowMs - Date.parse(at);
  const stuck = { state, waitedMs: since(state.progressAt), silentMs: since(state.lastAt) };
  return VERDICT_AT[state.stage]?.(stuck, surroundings) ?? loopVerdict(state);
}

/** What is worth a word although the machine goes on. */
export function notesOn({ facts, isUnleased, address, refused }: MachineState): string[] {
  const { leaseSeconds } = facts ?? {};
  const strange = [
    ...(refused === undefined ? [] : [`A request in its name was refused: ${refused}.`]),
    ...(isUnleased ? unleasedNote(address) : []),
  ];
  if (leaseSeconds === undefined || leaseSeconds < SLOW_LEASE_SECONDS) return strange;
  return [
    `Its link was up ${durationWords(leaseSeconds * 1000)} before it got an address: the switch port waits for spanning tree. Set it to edge (portfast).`,
    ...strange,
  ];
}

function unleasedNote(address: string | undefined): string[] {
  return [`It came from ${address ?? 'an address'}, which was not leased to it: anybody there may have said so. It replaces no record.`];
}

const VERDICT_AT: Partial<Record<Stage, (stuck: Stuck, surroundings: Surroundings) => Verdict | undefined>> = {
  discover: dhcpVerdict,
  offer: dhcpVerdict,
  request: dhcpVerdict,
  ack: dhcpVerdict,
  loader: loaderVerdict,
  script: scriptVerdict,
  kernel: filesVerdict,
  initrd: filesVerdict,
  'root-image': rootImageVerdict,
  agent: agentVerdict,
  collect: collectVerdict,
  upload: uploadVerdict,
  receipt: lostVerdict,
  'power-off': lostVerdict,
  'own-disk': lostVerdict,
};

/** Each boot by itself goes on, and none of them arrives. */
function loopVerdict({ scripts, stage }: MachineState): Verdict | undefined {
  if (scripts <= MOST_SCRIPTS || isLater(stage, 'root-image')) return undefined;
  return {
    code: 'boot-loop',
    sentence: `It has started its boot ${scripts} times and never sent a record.`,
    hint: 'Look at its screen during the next boot: the last lines before it starts again say why. A watchdog or too little memory are usual.',
  };
}
